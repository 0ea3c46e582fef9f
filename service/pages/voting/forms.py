"""The forms to vote with. They look the same for all readers, but for the choice that each made."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from events.facts import OVERALL, TIE
from events.log.connection import Pool
from projections.comparison.numbers import count
from projections.rules.rule import Rule
from projections.scores import Counts
from service.commands.matchups import MatchupKey, matchup_of
from service.pages.rendering.publishing import Choices, ReadOwn
from service.reads.ballots import read_ballot, read_preference
from service.views import addresses, words

PAIR: Final = 2


class Option(Struct, frozen=True):
    """A button: its value, its text, and the text once it was chosen."""

    value: str
    word: str
    said: str


class VoteForm(Struct, frozen=True, kw_only=True):
    """A form to vote with.

    Attributes:
        id: Of the form on the page; also its name among a person's `Choices`.
        action: The address that it is posted to.
        question: The question above the buttons.
        options: The buttons.
        fields: Hidden fields.
        counts_anonymous: Whether votes without an account count by the current rule.
    """

    id: str
    action: str
    question: str
    options: list[Option]
    fields: dict[str, str]
    counts_anonymous: bool


class AnonymousNote(Struct, frozen=True):
    """The number of votes without an account, and whether they count among the crowd's."""

    votes: str
    counted: bool


class VoteBlock(Struct, frozen=True):
    """A form, and a note on the votes without an account."""

    ballot: VoteForm
    anonymous: AnonymousNote | None
    slug: str | None = None


def tool_form(slug: str, name: str, *, rule: Rule) -> VoteForm:
    """Ask about one tool."""
    return VoteForm(
        id=f"vote-{slug}",
        action=f"{addresses.tool(slug)}/vote",
        question=f"Would you ship with {name}?",
        options=[Option("ship", "Ship", "You voted ship"), Option("skip", "Skip", "You voted skip")],
        fields={},
        counts_anonymous=rule.counts_anonymous,
    )


def pair_form(matchup: MatchupKey, names: tuple[str, str], *, rule: Rule) -> VoteForm:
    """Ask which of two tools somebody prefers; `names` in the matchup's order."""
    left, right = names
    purpose = "" if matchup.context == OVERALL else f" for {words.title(matchup.context).lower()}"
    return VoteForm(
        id=_pair_id(matchup),
        action=f"{addresses.comparison(matchup.left, matchup.right)}/vote",
        question=f"Which would you rather ship with{purpose}?",
        options=[
            Option(matchup.left, left, f"You prefer {left}"),
            Option(TIE, "Neither: a tie", "You called it a tie"),
            Option(matchup.right, right, f"You prefer {right}"),
        ],
        fields={"left": matchup.left, "right": matchup.right, "context": matchup.context},
        counts_anonymous=rule.counts_anonymous,
    )


def votes_between(
    named: Sequence[tuple[str, str]], counts: Sequence[Counts], *, context: str, rule: Rule
) -> list[VoteBlock]:
    """Ask about tools side by side, by slug and name: which of two, and then about each."""
    names = dict(named)
    pairs = [
        VoteBlock(pair_form(pair, (names[pair.left], names[pair.right]), rule=rule), None)
        for pair in matchups_between(list(names), context)
    ]
    singles = [
        VoteBlock(tool_form(slug, name, rule=rule), anonymous_note(counted, rule), slug)
        for (slug, name), counted in zip(named, counts, strict=True)
    ]
    return [*pairs, *singles]


def matchups_between(slugs: Sequence[str], context: str) -> list[MatchupKey]:
    """Name the matchup of two tools. More tools, and a tool that cannot have matchups, have no form."""
    if len(slugs) != PAIR or TIE in slugs:
        return []
    return [matchup_of(slugs[0], slugs[1], context)]


def read_own(pool: Pool, *, tools: Sequence[str] = (), matchups: Sequence[MatchupKey] = ()) -> ReadOwn:
    """Make the reader of an account's own choices on some tools and matchups, off the log."""

    async def read(account: str) -> Choices:
        found = {f"vote-{slug}": (await read_ballot(pool, slug, account)).choice for slug in tools}
        for matchup in matchups:
            found[_pair_id(matchup)] = (await read_preference(pool, matchup, account)).winner
        return {form: choice for form, choice in found.items() if choice is not None}

    return read


def anonymous_note(counts: Counts, rule: Rule) -> AnonymousNote | None:
    """Say how many votes came without an account; None if none did."""
    votes = counts.anonymous.votes
    return AnonymousNote(count(votes, "vote"), rule.counts_anonymous) if votes else None


def _pair_id(matchup: MatchupKey) -> str:
    return f"vote-{matchup.left}-vs-{matchup.right}-{matchup.context}"
