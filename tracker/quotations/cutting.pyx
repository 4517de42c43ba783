# cython: language_level=3, boundscheck=False, wraparound=False
"""Cutting an article into tokens and units, compiled; ``tokens.tokenise`` says what comes out."""

import numpy as np

from cpython.unicode cimport (
    Py_UNICODE_ISALNUM,
    Py_UNICODE_ISLOWER,
    Py_UNICODE_ISSPACE,
    PyUnicode_DATA,
    PyUnicode_KIND,
    PyUnicode_READ,
    PyUnicode_Substring,
)
from libc.stdint cimport int64_t, uint8_t

from tracker.text import ends_sentence

cdef enum:
    INNER = 6  # tokens at each edge of a long quotation
    MOST = 160  # tokens in a unit
    LINE = 10  # "\n"

EDGE = INNER
LONGEST = MOST

cdef struct Text:
    int kind
    void *data
    Py_ssize_t size


cdef inline Py_UCS4 at(Text *text, Py_ssize_t place) noexcept:
    return PyUnicode_READ(text.kind, text.data, place) if place < text.size else 0


cdef inline bint is_letter(Py_UCS4 c) noexcept:
    return Py_UNICODE_ISALNUM(c) or c == u"_"


cdef Py_ssize_t token_from(Text *text, Py_ssize_t *start) noexcept:
    """Where the token ends that begins at ``start`` or is the next from there on; 0 where there is none.

    A word holds apostrophes, hyphens and stops between letters; a run of stops is one token, a pair of marks
    too that stands for a quotation mark; so is any other sign, and the end of a line.
    """
    cdef Py_ssize_t end = start[0]
    cdef Py_UCS4 c
    while end < text.size:
        c = at(text, end)
        if is_letter(c):
            start[0] = end
            while True:
                end += 1
                while is_letter(at(text, end)):
                    end += 1
                if at(text, end) not in u"'’.-‑" or not is_letter(at(text, end + 1)):
                    return end
        if c == LINE or not Py_UNICODE_ISSPACE(c):
            start[0] = end
            end += 1
            if c == u".":
                while at(text, end) == u".":
                    end += 1
            elif c in u"'`" and at(text, end) == c:
                end += 1
            return end
        end += 1
    return 0


cdef inline bint is_stop(Text *text, Py_ssize_t start, Py_ssize_t end) noexcept:
    return at(text, start) in u".!?…。！？" and end - start <= 4


cdef inline bint is_closer(Text *text, Py_ssize_t start, Py_ssize_t end) noexcept:
    return at(text, start) in u"\"”»’')]」』" and (end == start + 1 or at(text, start) == u"'")


cdef void hold(const int64_t[:] starts, const int64_t[:, ::1] spans, int64_t[:] held) noexcept:
    """For each start the number of the span that holds it, or -1; both are in order, no spans overlap."""
    cdef Py_ssize_t token, span = 0
    for token in range(starts.shape[0]):
        while span < spans.shape[0] and spans[span, 1] <= starts[token]:
            span += 1
        held[token] = span if span < spans.shape[0] and spans[span, 0] <= starts[token] else -1


cdef void keep(Text *text, const int64_t[:] starts, const int64_t[:] region, int64_t[:] kept) noexcept:
    """How many tokens are read up to and with each: neither ends of lines, nor where ``kept`` holds the
    number of a closed stretch, nor what lies further than EDGE from both ends of a quotation.
    """
    cdef Py_ssize_t token, size = starts.shape[0]
    cdef int64_t count = 0, here
    for token in range(size):
        here = region[token]
        count += not (
            kept[token] >= 0
            or at(text, starts[token]) == LINE
            or (
                here >= 0
                and token >= INNER
                and token + INNER < size
                and region[token - INNER] == here == region[token + INNER]
            )
        )
        kept[token] = count


cdef bint follows_colon(Text *text, const int64_t[:] starts, Py_ssize_t token) noexcept:
    """Whether the last token before an end of line, but for others of them, is a colon."""
    token -= 1
    while token >= 0 and at(text, starts[token]) == LINE:
        token -= 1
    return token >= 0 and at(text, starts[token]) == u":"


def cut(str article not None, const int64_t[:, ::1] regions not None, const int64_t[:, ::1] closed not None):
    """The words that are read; where each starts, ends, and its quoted region (3 x words); each unit's first
    word, and whether that unit begins a line.
    """
    cdef Text content = Text(PyUnicode_KIND(article), PyUnicode_DATA(article), len(article))
    cdef Text *text = &content
    cdef Py_ssize_t start = 0, end, size = 0, token, after, last = 0
    end = token_from(text, &start)
    while end:
        size += 1
        start = end
        end = token_from(text, &start)
    cdef int64_t[:, ::1] of_all = np.empty((4, size), dtype=np.int64)
    cdef int64_t[:] starts = of_all[0], ends = of_all[1], region = of_all[2], kept = of_all[3]
    start = token = 0
    end = token_from(text, &start)
    while end:
        starts[token], ends[token] = start, end
        token += 1
        start = end
        end = token_from(text, &start)
    hold(starts, regions, region)
    hold(starts, closed, kept)
    keep(text, starts, region, kept)

    # Of each token whether a unit begins with it: 1, and in a line of its own: 2.
    cdef uint8_t[::1] begins = np.zeros(size + 1, dtype=np.uint8)
    cdef Py_UCS4 first
    begins[0] = 2
    for token in range(size - 1):
        after = token + 1
        first = at(text, starts[token])
        if first == LINE:
            if at(text, starts[after]) != LINE and not (
                region[after] >= 0
                and kept[after] - kept[last] < MOST // 2
                and follows_colon(text, starts, token)
            ):
                begins[after], last = 2, after
            continue
        if not is_stop(text, starts[token], ends[token]):
            continue
        while (
            after < size and starts[after] == ends[after - 1] and is_closer(text, starts[after], ends[after])
        ):
            after += 1
        if after == size or starts[after] == ends[after - 1] or at(text, starts[after]) == LINE:
            continue
        first = at(text, starts[after])
        if Py_UNICODE_ISLOWER(first):
            continue
        if after == token + 1 and ends[token] == starts[token] + 1 and at(text, starts[token]) == u".":
            word = article[starts[token - 1] : ends[token - 1]] if token else ""
            if not ends_sentence(word, chr(first)):
                continue
        if (region[after] >= 0 or region[after - 1] >= 0) and (
            region[after] == region[after - 1] or kept[after] - kept[last] < MOST // 2
        ):
            continue
        begins[after], last = 1, after

    read = np.empty((3, kept[size - 1] if size else 0), dtype=np.int64)
    cdef int64_t[:, ::1] of_read = read
    cdef Py_ssize_t count = 0, opened = 0
    cdef int begun = 0
    words, units, leads = [], [], []
    for token in range(size):
        begun = begins[token] or begun
        if kept[token] == count:
            continue
        if begun or count - opened == MOST:
            units.append(count)
            leads.append(begun == 2)
            opened, begun = count, 0
        words.append(PyUnicode_Substring(article, starts[token], ends[token]))
        of_read[0, count], of_read[1, count], of_read[2, count] = starts[token], ends[token], region[token]
        count += 1
    return words, read, np.array(units, dtype=np.int64), np.array(leads, dtype=bool)
