"""Merge syntactic words into the tokens that spaCy's Italian tokenizer makes.

Multiword tokens follow the style of spaCy's own pipelines (`spacy convert --merge-subtokens`): `della` is one ADP
token that also carries the article's features, `darsi` one VERB token with the clitic's. Part of speech, lemma and
relation are those of the word that governs the others or, among siblings, of the first. Where the tokenizer keeps
together or splits what a treebank does not (`2001-02`, `B-29`), the gold words are merged or split as well, so that no
annotation is lost to misalignment in training.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language

from training.conllu import Sentence, Word


def merged_feats(words: list[Word]) -> dict[str, str]:
    """Union of the words' features; several values of one feature are joined by commas (`Number=Plur,Sing`)."""
    values: dict[str, set[str]] = {}
    for word in words:
        for name, value in word.feats.items():
            values.setdefault(name, set()).update(value.split(","))
    return {name: ",".join(sorted(found)) for name, found in values.items()}


def top_of(words: list[Word], first: int, last: int) -> int:
    """Index of the word in [first, last] that stands highest: the first one governed from outside the range."""
    for index in range(first, last + 1):
        if not first <= words[index].head <= last:
            return index
    return first


def merge_ranges(words: list[Word], ranges: list[tuple[int, int, str, bool]], union: bool) -> list[Word]:
    """Replace each range (first, last, form, space_after) of words by one word and renumber all heads.

    Args:
        words: the words of one sentence.
        ranges: disjoint ranges in order.
        union: whether the merged word carries the features of all its parts or only of the topmost.
    """
    place: list[int] = []
    merged: list[Word] = []
    starts = {first: (last, form, space) for first, last, form, space in ranges}
    index = 0
    while index < len(words):
        if index in starts:
            last, form, space = starts[index]
            top = words[top_of(words, index, last)]
            feats = merged_feats(words[index : last + 1]) if union else dict(top.feats)
            place.extend([len(merged)] * (last - index + 1))
            merged.append(replace(top, form=form, feats=feats, space_after=space))
            index = last + 1
        else:
            place.append(len(merged))
            merged.append(replace(words[index], feats=dict(words[index].feats)))
            index += 1
    for word in merged:
        word.head = place[word.head] if word.head >= 0 else -1
    return merged


def merge_multiword(sentence: Sentence) -> list[Word]:
    """The sentence's words with every multiword token merged into one."""
    return merge_ranges(sentence.words, sentence.spans, union=True)


def text_of(words: list[Word]) -> str:
    """The running text of the words."""
    return "".join(word.form + (" " if word.space_after else "") for word in words).rstrip()


def retokenize(words: list[Word], nlp: Language) -> list[Word] | None:
    """The same annotation over the tokens that `nlp.make_doc` gives for the text; None where the two cross."""
    text = text_of(words)
    tokens = [token for token in nlp.make_doc(text) if not token.is_space]
    if [token.text for token in tokens] == [word.form for word in words]:
        return words
    if any(" " in word.form for word in words):
        return None
    spans: list[tuple[int, int]] = []
    offset = 0
    for word in words:
        spans.append((offset, offset + len(word.form)))
        offset += len(word.form) + word.space_after
    ranges: list[tuple[int, int, str, bool]] = []
    splits: list[tuple[int, list[str]]] = []
    at = 0
    index = 0
    while index < len(words) and at < len(tokens):
        first, first_token = index, at
        word_end, token_end = spans[index][1], tokens[at].idx + len(tokens[at].text)
        while word_end != token_end:
            if word_end < token_end:
                index += 1
                word_end = spans[index][1]
            else:
                at += 1
                token_end = tokens[at].idx + len(tokens[at].text)
        if index > first and at > first_token:
            return None
        if index > first:
            ranges.append((first, index, tokens[at].text, words[index].space_after))
        elif at > first_token:
            splits.append((first, [token.text for token in tokens[first_token : at + 1]]))
        index += 1
        at += 1
    for place, pieces in reversed(splits):
        words, ranges = split_word(words, place, pieces), shifted(ranges, place, len(pieces) - 1)
    return merge_ranges(words, ranges, union=False)


def shifted(ranges: list[tuple[int, int, str, bool]], place: int, by: int) -> list[tuple[int, int, str, bool]]:
    """Move the ranges behind `place` by `by` words."""
    return [(a + by, b + by, form, space) if a > place else (a, b, form, space) for a, b, form, space in ranges]


def split_word(words: list[Word], place: int, pieces: list[str]) -> list[Word]:
    """Split one word into pieces: the first keeps its annotation, the others hang on it (`punct` or `flat`)."""
    extra = len(pieces) - 1
    result = [replace(word, head=word.head + extra if word.head > place else word.head) for word in words]
    whole = result[place]
    parts = [replace(whole, form=pieces[0], lemma=pieces[0] if whole.lemma == whole.form else whole.lemma)]
    parts[0].space_after = False
    for piece in pieces[1:]:
        alnum = any(character.isalnum() for character in piece)
        parts.append(
            Word(
                piece,
                piece,
                whole.upos if alnum else "PUNCT",
                dict(whole.feats) if alnum else {},
                place,
                "flat" if alnum else "punct",
                False,
            )
        )
    parts[-1].space_after = whole.space_after
    return [*result[:place], *parts, *result[place + 1 :]]
