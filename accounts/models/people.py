"""People, and the posts that they hold or in which they act as a deputy."""

from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from foundation.time import clock

from ..permissions import PERMISSIONS, organisations_at
from .deputies import Deputy
from .organisations import Organisation
from .posts import Role, held_on

MANAGED = ("accounts", "reminders")  # apps of which an administrator manages something


class PersonQuerySet(models.QuerySet):
    def acting_in(self, posts, on):
        """People who hold one of ``posts``, or are the deputy of its holder on that day."""
        of_theirs = posts.order_by().filter(
            user=OuterRef("absent"), organisation=OuterRef("organisation"), role=OuterRef("role")
        )
        deputyships = Deputy.objects.running(on).filter(Exists(of_theirs))
        holders = Q(pk__in=posts.order_by().values("user"))
        return self.filter(holders | Q(pk__in=deputyships.values("deputy")))


class People(BaseUserManager.from_queryset(PersonQuerySet)):
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
        """The posts in which the person acts today, their own first, with what rights depend on.

        They are the posts that they hold, and those in which they are the deputy.
        """
        today = clock.today()
        posts = list(Membership.objects.held_by(self, today).with_rights())
        if any(post.is_deputy for post in posts):
            posts = list(Membership.objects.acted_in_by(self, today).with_rights())
        return posts

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

    def may_somewhere(self, permission):
        """Is there a post that grants ``permission`` over some record?"""
        roles = frozenset().union(*(right.roles for right in PERMISSIONS[permission]))
        return any(post.role in roles for post in self.posts)

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
        """Whether the person has a permission over a record, by the table of permissions."""
        if not self.is_active:
            return False
        if permission in PERMISSIONS:
            return self.post_for(permission, record) is not None
        return self.is_staff and permission.partition(".")[0] in MANAGED

    def has_module_perms(self, app_label):
        return self.is_active and self.is_staff and app_label in MANAGED


class MembershipQuerySet(models.QuerySet):
    def active(self, on):
        return self.filter(held_on(on)).order_by("pk")

    def with_rights(self):
        """With everything that permissions depend on."""
        posts = self.select_related("organisation", "user")
        return posts.prefetch_related("organisation__spells", "organisation__predecessors")

    def held_by(self, user, on):
        """The posts that ``user`` holds; ``is_deputy``: whether they may also act in other posts.

        A deputy holds a post in the same organisation.
        """
        named = Deputy.objects.filter(
            deputy=user, state=Deputy.State.NAMED, since__lte=on, until__gte=on
        )
        return self.active(on).filter(user=user).annotate(is_deputy=Exists(named))

    def acted_in_by(self, user, on):
        """The posts that ``user`` holds, then those in which they are the deputy."""
        deputyships = Deputy.objects.running(on).filter(
            deputy=user,
            absent=OuterRef("user"),
            organisation=OuterRef("organisation"),
            role=OuterRef("role"),
        )
        posts = self.active(on).annotate(deputyship=Subquery(deputyships.values("pk")[:1]))
        mine = posts.filter(Q(user=user) | Q(deputyship__isnull=False))
        return mine.order_by(F("deputyship").asc(nulls_first=True), "pk")

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

    def holding_over_each(self, permission, model):
        """As ``holding``, for every row of an outer query of ``model``."""
        wanted = Q(pk__in=[])
        for right in PERMISSIONS[permission]:
            mine = Q(role__in=right.roles)
            if right.at is not None:
                place = OuterRef(model.places[right.at])
                mine &= Q(organisation=place) | Q(organisation__predecessors=place)
            wanted |= mine
        return self.filter(wanted)


class Membership(models.Model):
    """A post: one role in one organisation, held from a day until a day.

    ``deputyship`` is set where somebody acts in it for the holder (``acted_in_by``).
    """

    places = {"organisation": "organisation"}
    deputyship = None

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

    @property
    def deputy_for(self):
        """The absent holder, where somebody else acts in this post; else None."""
        return self.user if self.deputyship else None


def holders_posts(permission, model, holder, today):
    """For an Exists over rows of ``model``: the posts in which ``holder`` may act on each today.

    ``holder`` is the field of the person to whom a row was handed over.
    """
    posts = Membership.objects.active(today).holding_over_each(permission, model)
    return posts.filter(user=OuterRef(holder))


def held_by_another(user, permission, model, holder, today):
    """The Q of rows of ``model`` that only another person may act on: their ``holder`` or a deputy.

    A row whose holder has left the post is everybody's who has the permission.
    """
    theirs = holders_posts(permission, model, holder, today)
    mine = theirs.filter(pk__in=[post.pk for post in user.posts])
    return Q(Exists(theirs)) & ~Q(Exists(mine))
