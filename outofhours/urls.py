"""Addresses of the bank of lead service users, below a community's."""

from django.urls import path

from outofhours.views import bank

app_name = "outofhours"

urlpatterns = [
    path("bank/", bank.bank, name="bank"),
    path("bank/training/", bank.training, name="training"),
    path("bank/training/<int:pk>/", bank.sign, name="sign_off"),
]
