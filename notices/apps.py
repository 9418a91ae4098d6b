from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "notices"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from notices import kinds, services
        from notices.services.choosing import MAILS_STOPPED
        from people import telling

        # People lie below notices and can't reach up: what they have to tell is plugged in here.
        telling.set_outbox(services.mail_account)
        telling.set_teller(services.tell)
        for name, sentence in telling.SENTENCES.items():
            kinds.register(name, sentence)
        kinds.register(MAILS_STOPPED, _("E-mails to you were turned off. You can turn them on again."))
