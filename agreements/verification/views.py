"""The page on which anybody checks an agreement; nothing that is sent is stored."""

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import gettext

from . import check_against_record
from .forms import TRIES, CheckForm


@login_not_required
def check(request):
    """Check an agreement by file or by number; GET shows the empty form."""
    if request.method != "POST":
        return render(request, "agreements/verification/check.html", {"form": CheckForm()})
    address = get_adapter().get_client_ip(request)
    form = CheckForm(request.POST, files=request.FILES)
    if TRIES.is_reached(address):
        form.add_error(None, gettext("Too many checks in a minute. Wait a little, then try again."))
        return render(request, "agreements/verification/check.html", {"form": form}, status=429)
    TRIES.count(address)
    if not form.is_valid():
        return render(request, "agreements/verification/check.html", {"form": form}, status=422)
    return render(
        request, "agreements/verification/check.html", {"form": form} | answer(form.cleaned_data)
    )


def answer(sent):
    if sent["file"]:
        pdf = sent["file"].read()
        return {"report": check_against_record.check_file(pdf), "name": sent["file"].name}
    version = check_against_record.by_number(sent["number"])
    if version is None:
        return {"unknown": sent["number"]}
    return {
        "version": version,
        "signatures": check_against_record.signatures_under(version, version.digest),
    }
