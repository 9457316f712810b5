"""A proposal as a whole: what it says, its states, its submission, its revisions."""
