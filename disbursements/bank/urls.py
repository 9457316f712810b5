"""Addresses of bank accounts, payment batches and the bank's confirmations."""

from django.urls import path

from . import views

urlpatterns = [
    path("bank-accounts/", views.bank_accounts, name="bank-accounts"),
    path("bank-accounts/new/<slug:organisation>/", views.new_bank_account, name="new-bank-account"),
    path("bank-accounts/<int:pk>/", views.bank_account, name="bank-account"),
    path(
        "bank-accounts/<int:pk>/moves/<slug:move>/",
        views.move_bank_account,
        name="move-bank-account",
    ),
    path("payments/", views.payments, name="payments"),
    path("payments/new/<slug:organisation>/", views.new_payment, name="new-payment"),
    path("payments/<int:pk>/", views.payment, name="payment"),
    path("payments/<int:pk>/file/", views.payment_file, name="payment-file"),
    path("payments/<int:pk>/confirmations/", views.confirmations, name="confirmations"),
    path("payments/<int:pk>/go-on/", views.book_on, name="book-on"),
    path("payments/<int:pk>/moves/<slug:move>/", views.move_payment, name="move-payment"),
    path("bank-lines/<int:pk>/moves/<slug:move>/", views.move_bank_line, name="move-bank-line"),
]
