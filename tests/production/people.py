"""Fills the installation's database with the known cast; one of the Top Three is on duty and reached by mail."""

import django


def make() -> None:
    from allauth.account.models import EmailAddress

    import clock
    from tests.cast import make_cast, on_duty

    cast = make_cast(clock.now())
    on_duty(cast.wren)
    EmailAddress.objects.create(user=cast.wren.person, email="canary.address@example.org", verified=True, primary=True)


if __name__ == "__main__":
    django.setup()
    make()
