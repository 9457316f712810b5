"""Who: organisations as dated facts, people, and the posts they hold."""

from datetime import date
from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from foundation import clock

from .permissions import PERMISSIONS, organisations_at


class Kind(models.TextChoices):
    PROVINCE = "province", _("province")
    MUNICIPALITY = "municipality", _("municipality")
    ADMINISTRATIVE_CITY = "administrative_city", _("administrative city")
    MINISTRY = "ministry", _("ministry")
    COORDINATION = "coordination", _("coordination body")
    BUDGET_AUTHORITY = "budget_authority", _("budget authority")
    AUDIT = "audit", _("audit body")


LOCAL_KINDS = (Kind.PROVINCE, Kind.MUNICIPALITY, Kind.ADMINISTRATIVE_CITY)


class OrganisationQuerySet(models.QuerySet):
    def named(self):
        """With the spells that ``str(organisation)`` reads, in one more query."""
        return self.prefetch_related("spells")

    def with_parents(self):
        """Named, with what ``full_name_on`` reads."""
        return self.prefetch_related("spells__parent__spells")

    def alive(self, on):
        return self.filter(
            Q(spells__valid_from=None) | Q(spells__valid_from__lte=on),
            Q(spells__valid_to=None) | Q(spells__valid_to__gte=on),
        ).distinct()

    def local(self):
        return self.filter(kind__in=LOCAL_KINDS)

    def ministries(self):
        return self.filter(kind=Kind.MINISTRY)


class Organisation(models.Model):
    """A body that stays the same through changes of name, code and parent.

    ``successors`` are the bodies that took over when it ceased: whoever holds a post
    in a successor may do what a post in this body allowed.
    """

    id = models.SlugField(_("identifier"), primary_key=True, max_length=40)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    successors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="predecessors"
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self):
        return self.name_on(clock.today())

    @property
    def is_legal_body(self):
        """Jeju's administrative cities are no local governments: the province signs for them."""
        return self.kind != Kind.ADMINISTRATIVE_CITY

    def spell_on(self, day):
        """The spell in force on ``day``, else the last one before it, else the first one."""
        spells = sorted(self.spells.all(), key=lambda spell: spell.valid_from or date.min)
        begun = [spell for spell in spells if not spell.valid_from or spell.valid_from <= day]
        return (begun or spells or [None])[-1 if begun else 0]

    def has_ended_on(self, day):
        """Has its last spell ended before this day? What has not begun yet has not ended."""
        ends = [spell.valid_to for spell in self.spells.all()]
        return bool(ends) and all(end and end < day for end in ends)

    def name_on(self, day, language=None):
        """The name of that day, in the reader's language."""
        spell = self.spell_on(day)
        if spell is None:
            return self.pk
        korean = (language or get_language() or "ko").startswith("ko")
        return spell.name_ko if korean else spell.name_en

    def full_name_on(self, day):
        """The name with that of the parent: there is a Jung-gu in six cities."""
        spell = self.spell_on(day)
        parent = spell.parent.name_on(day) if spell and spell.parent_id else ""
        return f"{parent} {self.name_on(day)}".strip()


class Spell(models.Model):
    """A period in which an organisation had the same name, code and parent."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="spells")
    name_ko = models.CharField(_("Korean name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=100)
    code = models.CharField(_("official code"), max_length=10, blank=True)
    parent = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="child_spells"
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("spell")
        constraints = [
            ExclusionConstraint(
                name="spell_one_at_a_time",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self):
        return self.name_ko


class Role(models.TextChoices):
    DRAFTER = "drafter", _("drafter")
    APPROVER = "approver", _("approver")
    REVIEWER = "reviewer", _("reviewer")
    FINANCE = "finance", _("finance officer")
    COORDINATOR = "coordinator", _("coordinator")
    BUDGET = "budget", _("budget officer")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")


class People(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, **fields)


class User(AbstractBaseUser):
    """A person. What they may do follows from the posts they hold, and from nothing else.

    ``is_staff`` lets an administrator manage people; it gives no right over content.
    """

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    language = models.CharField(
        _("language of mails"),
        max_length=5,
        default="ko",
        choices=[("ko", "한국어"), ("en", "English")],
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("manages people"), default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = People()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self):
        return self.name

    @cached_property
    def posts(self):
        """The posts held today, each with its organisation, its names and its predecessors."""
        held = self.memberships.active(clock.today()).select_related("organisation")
        return list(held.prefetch_related("organisation__spells", "organisation__predecessors"))

    def post_for(self, permission, record):
        """The first post that grants ``permission`` over ``record``; None if there is none."""
        for right in PERMISSIONS[permission]:
            posts = [post for post in self.posts if post.role in right.roles]
            if posts and right.at is None:
                return posts[0]
            places = organisations_at(record, right.at) if posts else ()
            for post in posts:
                if not post.reach.isdisjoint(places):
                    return post
        return None

    def reach(self, roles):
        """Identifiers of the organisations in which one of ``roles`` is held."""
        return set().union(*(post.reach for post in self.posts if post.role in roles))

    @property
    def organisations(self):
        """Identifiers of all organisations in which a post is held, with their predecessors."""
        return set().union(*(post.reach for post in self.posts))

    @property
    def reads_everything(self):
        return any(post.role == Role.AUDITOR for post in self.posts)

    def has_perm(self, permission, record=None):
        """May this person do it to this record (asked of the one table of permissions)?"""
        if not self.is_active:
            return False
        if permission in PERMISSIONS:
            return self.post_for(permission, record) is not None
        return self.is_staff and permission.startswith("accounts.")

    def has_module_perms(self, app_label):
        return self.is_active and self.is_staff and app_label == "accounts"


class MembershipQuerySet(models.QuerySet):
    def active(self, on):
        return self.filter(
            Q(until=None) | Q(until__gte=on), since__lte=on, user__is_active=True
        ).order_by("pk")

    def holding(self, permission, record):
        """The posts that grant ``permission`` over ``record``."""
        wanted = Q(pk__in=[])
        for right in PERMISSIONS[permission]:
            mine = Q(role__in=right.roles)
            if right.at is not None:
                places = organisations_at(record, right.at)
                mine &= Q(organisation__in=places) | Q(organisation__predecessors__in=places)
            wanted |= mine
        return self.filter(wanted).select_related("user").distinct()


class Membership(models.Model):
    """A post: one role in one organisation, held from a day until a day."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    since = models.DateField(_("since"), default=clock.today)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"], name="membership_held_once"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="membership_ends_after_it_began",
            ),
        ]

    def __str__(self):
        return f"{self.user_id} {self.role} {self.organisation_id}"

    @cached_property
    def reach(self):
        """This organisation and those whose tasks it took over."""
        return {self.organisation_id} | {o.pk for o in self.organisation.predecessors.all()}
