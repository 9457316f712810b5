"""Bank accounts, payment batches and the bank's answers as JSON."""

from functools import partial

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser

from accounts.models import Organisation
from foundation.web.api import MoveAPI, MovesField, as_name

from .forms import ACCOUNT_FORMS, BATCH_FORMS, LINE_FORMS, ConfirmationsForm
from .models import BankAccount, BankLine, BatchItem, PaymentBatch
from .workflow import BANK_ACCOUNT, BANK_LINE, PAYMENT_BATCH


class BankAccountSerializer(serializers.ModelSerializer):
    """``number`` is complete for the organisation and its payers, masked for others."""

    number = serializers.SerializerMethodField()
    moves = MovesField(BANK_ACCOUNT)

    class Meta:
        model = BankAccount
        fields = [
            "id",
            "state",
            "moves_made",
            "organisation",
            "bank",
            "number",
            "holder",
            "effective_on",
            "moves",
        ]

    def get_number(self, account) -> str:
        return account.number if getattr(account, "is_open", True) else account.masked


class BankAccountViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    """An approver makes the move ``confirm``; ``refuse`` and ``withdraw`` take a ``note``."""

    queryset = BankAccount.objects.none()
    serializer_class = BankAccountSerializer
    workflow, forms = BANK_ACCOUNT, ACCOUNT_FORMS
    filterset_fields = ["state", "organisation"]

    def get_queryset(self):
        rows = BankAccount.objects.visible_to(self.request.user).for_list()
        return rows.readable_by(self.request.user).order_by("-pk")

    @extend_schema(request=OpenApiTypes.OBJECT)
    def create(self, request):
        """Request a bank account: ``organisation``, ``bank``, ``number``, ``holder``."""
        body = body_of(request, "organisation")
        return self.make("request", BankAccount(organisation=body), status=201)


class BatchItemSerializer(serializers.ModelSerializer):
    class Meta:
        model = BatchItem
        fields = ["reference", "tranche", "account", "won", "outcome"]


class PaymentBatchSerializer(serializers.ModelSerializer):
    class Meta:
        model = PaymentBatch
        fields = ["id", "state", "moves_made", "payer", "count", "won", "sent_on"]


class PaymentBatchDetailSerializer(PaymentBatchSerializer):
    """``lines`` counts the lines of the bank's files: all, waiting and done."""

    items = BatchItemSerializer(many=True, read_only=True)
    lines = serializers.SerializerMethodField()
    moves = MovesField(PAYMENT_BATCH)

    class Meta(PaymentBatchSerializer.Meta):
        fields = [*PaymentBatchSerializer.Meta.fields, "items", "lines", "moves"]

    def get_lines(self, batch) -> dict:
        return batch.lines.progress()


class PaymentBatchViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    """``send`` needs another person than ``write``; ``withdraw`` takes a ``note``."""

    queryset = PaymentBatch.objects.none()
    workflow, forms = PAYMENT_BATCH, BATCH_FORMS
    filterset_fields = ["state", "payer"]

    def get_queryset(self):
        return PaymentBatch.objects.visible_to(self.request.user).for_list().order_by("-pk")

    def get_serializer_class(self):
        return PaymentBatchSerializer if self.action == "list" else PaymentBatchDetailSerializer

    @extend_schema(request=OpenApiTypes.OBJECT)
    def create(self, request):
        """Put a batch together: ``payer`` and ``tranches``, a list of their keys."""
        return self.make("write", PaymentBatch(payer=body_of(request, "payer")), status=201)

    @extend_schema(request={"multipart/form-data": OpenApiTypes.OBJECT})
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def confirmations(self, request, pk=None):
        """Upload the bank's ``file``; ``lines`` of the batch shows how many are booked."""
        self.forms = BATCH_FORMS | {"read": partial(ConfirmationsForm, files=request.FILES)}
        return self.make("read", self.get_object())


class BankLineSerializer(serializers.ModelSerializer):
    reference = serializers.CharField(source="item_reference", read_only=True)
    moves = MovesField(BANK_LINE)

    class Meta:
        model = BankLine
        fields = [
            "id",
            "state",
            "moves_made",
            "batch",
            "number",
            "reference",
            "won",
            "paid_on",
            "is_paid",
            "message",
            "reason",
            "words",
            "moves",
        ]


class BankLineViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    """The bank's answers to payments; ``settle`` takes a ``note`` and, if needed, ``release``."""

    queryset = BankLine.objects.none()
    serializer_class = BankLineSerializer
    workflow, forms = BANK_LINE, LINE_FORMS
    filterset_fields = ["state", "batch"]

    def get_queryset(self):
        return BankLine.objects.visible_to(self.request.user).for_list().order_by("-pk")


def body_of(request, name):
    return get_object_or_404(Organisation.objects.named(), pk=as_name(request.data.get(name)))
