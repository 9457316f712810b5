"""Pages of one's own mail settings, and the unsubscribe page that a mail links to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from ..forms import PreferenceForm
from ..models import Preference
from ..sending.unsubscribing import is_off, opened, turn_off
from ..topics import TOPICS


def preferences(request):
    """Show and save one's own mail settings."""
    if request.method == "POST":
        chosen, _new = Preference.objects.get_or_create(person=request.user)
        form = PreferenceForm(request.POST, instance=chosen)
    else:
        form = PreferenceForm(instance=Preference.of(request.user))
    if form.is_valid():
        form.save()
        messages.success(request, _("Your mail settings are saved."))
        return redirect("reminders:preferences")
    status = 422 if form.is_bound else 200
    return render(request, "reminders/outbox/preferences.html", {"form": form}, status=status)


@require_POST
def void_links(request):
    """Make the unsubscribe links of earlier mails void."""
    Preference.objects.get_or_create(person=request.user)
    Preference.objects.filter(person=request.user).update(links=F("links") + 1)
    messages.success(request, _("Links in earlier mails turn nothing off any more."))
    return redirect("reminders:preferences")


@never_cache
@csrf_exempt  # a mail service sends it (RFC 8058); the token is the proof
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request, token):
    """Unsubscribe page of a topic: POST turns it off, GET only asks and changes nothing."""
    found = opened(token)
    if found is None:
        raise Http404
    person, topic = found
    if request.method == "POST":
        turn_off(person, topic)
        done = True
    else:
        done = is_off(person, topic)
    context = {"who": person, "topic": TOPICS.get(topic), "done": done}
    return render(request, "reminders/outbox/unsubscribe.html", context)
