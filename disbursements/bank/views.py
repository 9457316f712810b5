"""Pages of bank accounts, payment batches and the bank's confirmations."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from accounts.models import Organisation
from foundation.models import Event
from foundation.web.downloads import SEALED
from foundation.web.pages import make_move, open_moves

from . import confirming
from .forms import ACCOUNT_FORMS, BATCH_FORMS, LINE_FORMS
from .models import BankAccount, BankFile, BankLine, PaymentBatch
from .workflow import BANK_ACCOUNT, BANK_LINE, PAYMENT_BATCH

ROWS = 25
PAYS = "disbursements.pay_tranche"


def bank_accounts(request):
    """List of bank accounts: of the person's organisation and of those that it pays."""
    rows = BankAccount.objects.visible_to(request.user).readable_by(request.user).for_list()
    context = {
        "page": Paginator(rows.order_by("-pk"), ROWS).get_page(request.GET.get("page")),
        "organisations": bodies_of(request.user, "disbursements.request_bank_account", BankAccount),
    }
    return render(request, "disbursements/bank/bank_accounts.html", context)


def bodies_of(user, permission, model, place="organisation"):
    """The organisations in which ``user`` holds a post that grants a permission."""
    held = {post.organisation_id: post.organisation for post in user.posts}
    return [
        held[key] for key in sorted(held) if user.has_perm(permission, model(**{place: held[key]}))
    ]


def bank_account(request, pk):
    rows = BankAccount.objects.visible_to(request.user).readable_by(request.user).for_list()
    account = get_object_or_404(rows, pk=pk)
    now = account.current and rows.filter(pk=account.current).first()
    over = ("withdraw",) if account.state == "confirmed" and not account.waits else ()
    context = {
        "account": account,
        "now": now,
        "moves": open_moves(BANK_ACCOUNT, request.user, account, but=over),
        "events": Event.objects.of(account).in_order(),
    }
    return render(request, "disbursements/bank/bank_account.html", context)


def new_bank_account(request, organisation):
    body = get_object_or_404(Organisation.objects.named(), pk=organisation)
    return make_move(
        request,
        BANK_ACCOUNT,
        BankAccount(organisation=body),
        "request",
        forms=ACCOUNT_FORMS,
        template="disbursements/bank/new_bank_account.html",
        organisation=body,
    )


def move_bank_account(request, pk, move):
    rows = BankAccount.objects.visible_to(request.user).for_list()
    return make_move(
        request, BANK_ACCOUNT, get_object_or_404(rows, pk=pk), move, forms=ACCOUNT_FORMS
    )


def payments(request):
    rows = PaymentBatch.objects.visible_to(request.user).for_list().order_by("-pk")
    context = {
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "payers": bodies_of(request.user, PAYS, PaymentBatch, "payer"),
    }
    return render(request, "disbursements/bank/payments.html", context)


def batch_of(request, pk):
    return get_object_or_404(PaymentBatch.objects.visible_to(request.user).for_list(), pk=pk)


def payment(request, pk):
    """A payment batch: its items, the progress of its confirmations, and unmatched lines."""
    batch = batch_of(request, pk)
    open_lines = batch.lines.for_list().filter(state=BankLine.State.UNMATCHED).order_by("pk")
    context = {
        "batch": batch,
        "may_pay": request.user.has_perm(PAYS, batch),
        "progress": batch.lines.progress(),
        "unmatched": open_lines[:ROWS],
        "unmatched_all": open_lines.count(),
        "files": batch.files.defer("content").select_related("by").order_by("pk"),
        "page": Paginator(items_of(batch), ROWS).get_page(request.GET.get("page")),
        "moves": open_moves(PAYMENT_BATCH, request.user, batch, forms=BATCH_FORMS, but=("read",)),
        "events": Event.objects.of(batch).in_order(),
    }
    return render(request, "disbursements/bank/payment.html", context)


def items_of(batch):
    rows = batch.items.select_related("account", "tranche__appropriation__component")
    return rows.prefetch_related("account__organisation__spells").order_by("number")


def new_payment(request, organisation):
    payer = get_object_or_404(Organisation.objects.named(), pk=organisation)
    return make_move(
        request,
        PAYMENT_BATCH,
        PaymentBatch(payer=payer),
        "write",
        forms=BATCH_FORMS,
        template="disbursements/bank/new_payment.html",
        organisation=payer,
    )


def move_payment(request, pk, move):
    """Make a move of a batch; reading the bank's file has its own address and template."""
    template = "disbursements/bank/confirmations.html" if move == "read" else "move.html"
    batch = batch_of(request, pk)
    return make_move(request, PAYMENT_BATCH, batch, move, forms=BATCH_FORMS, template=template)


def confirmations(request, pk):
    return move_payment(request, pk, "read")


@require_POST
def book_on(request, pk):
    """Continue an interrupted run: book some lines at once; a worker books the others."""
    batch = batch_of(request, pk)
    if not request.user.has_perm(PAYS, batch):
        raise PermissionDenied
    confirming.go_on(batch.lines, most=confirming.AT_ONCE)
    return redirect(batch)


def payment_file(request, pk):
    """Download the file for the bank; for payers only, as it has complete account numbers."""
    batch = batch_of(request, pk)
    if not request.user.has_perm(PAYS, batch):
        raise PermissionDenied
    file = get_object_or_404(batch.files, way=BankFile.Way.OUT)
    answer = HttpResponse(bytes(file.content), content_type="text/csv; charset=utf-8")
    for name, value in SEALED.items():
        answer[name] = value
    answer["Content-Disposition"] = content_disposition_header(True, file.name)
    return answer


def move_bank_line(request, pk, move):
    line = get_object_or_404(BankLine.objects.visible_to(request.user).for_list(), pk=pk)
    template = "disbursements/bank/settle_line.html" if move == "settle" else "move.html"
    return make_move(request, BANK_LINE, line, move, forms=LINE_FORMS, template=template)
