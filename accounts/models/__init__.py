"""Organisations with dated names, people, the posts they hold, and their deputies."""

from .deputies import Deputy, with_deputies
from .feeds import Feed
from .organisations import LOCAL_KINDS, Kind, Organisation, Spell
from .people import Membership, MembershipQuerySet, User, held_by_another, holders_posts
from .posts import Role

__all__ = [
    "LOCAL_KINDS",
    "Deputy",
    "Feed",
    "Kind",
    "Membership",
    "MembershipQuerySet",
    "Organisation",
    "Role",
    "Spell",
    "User",
    "held_by_another",
    "holders_posts",
    "with_deputies",
]
