"""Who published a page, and which agency it credits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from communique.domain.lexicon.layout import Layout
from communique.domain.load import Domain
from communique.domain.schema import Publisher
from communique.text import Region, labelled

_SEPARATOR = re.compile(r"\s*(?:[/|,;:·]|\s[-–—]\s|\band\b|\bvia\b|\bwith\b|\bof\b|\bfor\b)\s*")
_NAMED_LAST = re.compile(r"\s(?:\||[-–—»·])\s([^|–—»·]{2,50})$")
_CREDIT = re.compile(r"\(([^()]{2,40})\)\.?$")


@dataclass(frozen=True)
class Names:
    """Publishers by every way a page may name them: domain, name in any case, credit as written."""

    domains: Mapping[str, Publisher]
    names: Mapping[str, Publisher]
    credits: Mapping[str, Publisher]

    def by_url(self, url: str | None) -> Publisher | None:
        """The publisher under whose domain an address stands."""
        host = host_of(url)
        while host:
            if found := self.domains.get(host):
                return found
            _, _, host = host.partition(".")
        return None

    def by_name(self, name: str | None) -> Publisher | None:
        """The publisher of a name, in any case, with or without "The"."""
        folded = " ".join((name or "").casefold().split()).strip(" .")
        return self.names.get(folded) or self.names.get(folded.removeprefix("the "))

    def by_credit(self, words: str) -> Publisher | None:
        """The agency that a credit names: the first of several, whoever stands beside it."""
        for part in (words, *_SEPARATOR.split(words)):
            if found := self.credits.get(part.strip(" .()/")):
                return found
        return None


@lru_cache(maxsize=8)
def publisher_names(domain: Domain) -> Names:
    """The publishers of the domain data, indexed."""
    domains: dict[str, Publisher] = {}
    names: dict[str, Publisher] = {}
    credit: dict[str, Publisher] = {}
    for publisher in domain.publishers.values():
        domains.update((host.lower(), publisher) for host in publisher.domains)
        names.update((name.casefold(), publisher) for name in (publisher.name, *publisher.also))
        if publisher.kind == "agency":
            credit.update((name, publisher) for name in (*publisher.credit, publisher.name))
    return Names(domains, names, credit)


def host_of(url: str | None) -> str:
    """The host of an address without `www`, empty if there is none.

    >>> host_of("https://www.example.com:8080/news")
    'example.com'
    """
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return host.lower().removeprefix("www.")


def publisher_of(
    text: str, regions: Sequence[Region], meta: Mapping[str, str], url: str | None, domain: Domain
) -> str | None:
    """The publisher's name: known to the domain data if possible, else as the page's own data give it.

    Asked in this order: carrier and page metadata (`publisher`), the address, the name after the
    title ("Headline - Example News").
    """
    names = publisher_names(domain)
    found = names.by_name(meta.get("publisher")) or names.by_url(url) or names.by_url(meta.get("publisher"))
    if found is None:
        for region in labelled(regions, "title"):
            if match := _NAMED_LAST.search(text[region.start : region.end]):
                found = names.by_name(match[1])
    if found is not None:
        return found.name
    return meta.get("publisher") or host_of(url) or None


def agency_of(
    text: str,
    regions: Sequence[Region],
    meta: Mapping[str, str],
    url: str | None,
    domain: Domain,
    layout: Layout,
) -> str | None:
    """The agency that the page credits as a whole, by the short form others credit it with.

    Surest first: metadata; dateline; byline; credit lines ("Source: ...", "Our standards: ..."); an
    agency's name in brackets at the end of the article; the publisher, if it is an agency. An agency
    that is only quoted, or only took the picture, is not the page's.
    """
    names = publisher_names(domain)
    for words in _credits(text, regions, meta, layout):
        if found := names.by_credit(words):
            return found.credit[0] if found.credit else found.name
    for region in labelled(regions, "dateline"):
        for pattern in layout.dateline_start:
            match = pattern.match(text[region.start : region.end] + " ")
            if match and match.groupdict().get("agency") and match.groupdict().get("place"):
                return match["agency"].strip()  # an agency we do not know is still one
    own = names.by_name(meta.get("publisher")) or names.by_url(url)
    if own is not None and own.kind == "agency":
        return own.credit[0] if own.credit else own.name
    return meta.get("agency") or None


def _credits(text: str, regions: Sequence[Region], meta: Mapping[str, str], layout: Layout) -> Iterator[str]:
    if agency := meta.get("agency"):
        yield agency
    for region in labelled(regions, "dateline"):
        words = text[region.start : region.end]
        for pattern in layout.dateline_start:
            match = pattern.match(words + " ")
            if match and match.groupdict().get("agency"):
                yield match["agency"]
    for region in labelled(regions, "byline"):
        words = text[region.start : region.end]
        yield re.sub(r"^(?:by|from)\s+(?:the\s+)?", "", words, flags=re.IGNORECASE)
    if author := meta.get("author"):
        yield re.sub(r"^(?:by|the)\s+", "", author, flags=re.IGNORECASE)
    for region in (r for r in regions if r.label in ("residue", "byline", "dateline")):
        words = text[region.start : region.end]
        if len(words) <= 160 and (match := layout.credit_start.match(words)):
            yield from _leading(words[match.end() :])
    if bodies := labelled(regions, "body"):
        last = text[bodies[-1].start : bodies[-1].end]
        if match := _CREDIT.search(last):
            yield match[1]


def _leading(words: str) -> Iterator[str]:
    """The first words of a credit line, longest first: "Example Press Trust" may begin with a name."""
    tokens = words.replace("(", " ").split()
    for length in range(min(4, len(tokens)), 0, -1):
        yield " ".join(tokens[:length]).strip(" .,;:")
