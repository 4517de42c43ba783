# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""The inner loops of the learned part, compiled: what the model sees of each token, and its best labels.

Arrays come from ``tokens.tokenise``, ``features`` and ``model.build``, which say what is in them; nothing
here checks that an index is within them.
"""

import numpy as np

from libc.math cimport INFINITY
from libc.stdint cimport int16_t, int64_t, uint8_t, uint64_t
from libc.string cimport memset

cdef extern from *:
    """
    #if defined(__GNUC__) || defined(__clang__)
    #define FETCH(place) __builtin_prefetch(place)
    #else
    #define FETCH(place) ((void)0)
    #endif
    """
    void fetch "FETCH" (const void *place) noexcept nogil

cdef enum:
    MOST = 160  # tokens in a unit
    PAD = 3
    KEYS = 46
    MOST_LABELS = 32
    REGION_KINDS = 24
    CUE_KINDS = 13
    WORDS = 1 << 14
    FAR = 8  # a distance to what is not there
    ROW_BITS = 20

LONGEST = MOST
TEMPLATES = KEYS
REGION_CODES = REGION_KINDS
CUE_CODES = CUE_KINDS

ctypedef const int64_t[:, ::1] Described
ctypedef const int64_t[::1] Ints
ctypedef const uint8_t[::1] Flags

cdef struct Unit:
    # Of each token, with padding on either side: its word, its kind, its verb's base.
    int64_t word[MOST + 2 * PAD]
    int64_t kind[MOST + 2 * PAD]
    int64_t base[MOST + 2 * PAD]
    # The first from each token on that stands in quotation marks, reports, or pauses; -1 where there is none.
    int quoted[MOST]
    int cue[MOST]
    int pause[MOST]
    bint any_quoted
    int64_t tail


cdef inline int64_t near(int distance) noexcept nogil:
    """A distance in eight steps: what is far differs less."""
    if distance <= 3:
        return distance
    return 4 if distance <= 5 else 5 if distance <= 9 else 6 if distance <= 19 else 7


cdef void look_ahead(
    Described described, Ints region, Ints cues, Flags pauses, int64_t first, int size, Unit *unit
) noexcept nogil:
    """Lay out a unit, and what each of its tokens has to its right."""
    cdef int i, quoted = -1, cue = -1, pause = -1, last_cue = -1
    cdef int64_t kind
    memset(unit.word, 0, sizeof(unit.word))
    memset(unit.kind, 0, sizeof(unit.kind))
    memset(unit.base, 0, sizeof(unit.base))
    for i in range(size - 1, -1, -1):
        kind = described[first + i, 1]
        unit.word[i + PAD] = described[first + i, 0]
        unit.kind[i + PAD] = kind
        unit.base[i + PAD] = described[first + i, 2]
        if region[first + i] >= 0:
            quoted = i
        elif cues[kind]:
            cue = i
            if last_cue < 0:
                last_cue = i
        if pauses[kind]:
            pause = i
        unit.quoted[i] = quoted
        unit.cue[i] = cue
        unit.pause[i] = pause
    unit.any_quoted = quoted >= 0
    unit.tail = 0
    if last_cue >= 0:
        unit.tail = cues[unit.kind[last_cue + PAD]] * 8 + near(size - 1 - last_cue)


cdef void keys_of(
    Described described, Ints region, Ints codes, Ints cues, Flags finite, Flags pauses,
    int64_t first, int size, bint leads, Unit *unit, int64_t *keys,
) noexcept nogil:
    """The keys of a unit's tokens, one after the other, each of ``KEYS``; -1 where a template says nothing.

    What is asked: the words and kinds around; where a token stands in quotation marks or how far from them;
    the reporting words outside of them on either side; the nearest pauses; how far the clause after the last
    reporting word has come, by its opening, commas and verbs; and the unit as a whole.
    """
    cdef int i, t, quoted = -1, cue = -1, pause = -1, commas = 0, verbs = 0, since, right
    cdef int64_t n = cues.shape[0]
    cdef int64_t here, kind, place, code, left_far, right_far, left_code, right_code
    cdef int64_t left_cue, right_cue, left_gap, right_gap, pause_far, grown
    cdef int64_t *word
    cdef int64_t *k
    cdef int64_t *base
    look_ahead(described, region, cues, pauses, first, size, unit)
    for i in range(size):
        # In the window around the token it is itself the one at PAD.
        word, k, base = &unit.word[i], &unit.kind[i], &unit.base[i]
        here, kind = region[first + i], k[PAD]
        place = code = 0
        if here >= 0:
            quoted = i
            code = codes[here]
            if i == 0 or region[first + i - 1] != here:
                place = 1
            elif i == size - 1 or region[first + i + 1] != here:
                place = 2
            else:
                place = 3
        elif cues[kind]:
            cue = i
            commas = verbs = 0
        if pauses[kind]:
            pause = i

        for t in range(2 * PAD + 1):
            keys[t] = word[t]
        for t in range(3):
            keys[7 + t] = base[PAD - 1 + t]
        for t in range(2 * PAD):
            keys[10 + t] = k[t] * n + k[t + 1]
        keys[16] = k[2] * n + k[4]
        for t in range(3):
            keys[17 + t] = keys[11 + t] * n + k[t + 3]
        keys[20] = keys[17] * n + k[4]
        keys[21] = keys[18] * n + k[5]
        keys[22] = word[2] * WORDS + word[3]
        keys[23] = word[3] * WORDS + word[4]

        if here >= 0:
            keys[24] = 1 + place * REGION_KINDS + code
            keys[25] = keys[26] = keys[27] = -1
        else:
            left_far = right_far = FAR
            left_code = right_code = REGION_KINDS
            right = unit.quoted[i]
            if quoted >= 0:
                left_far, left_code = near(i - quoted), codes[region[first + quoted]]
            if right >= 0:
                right_far, right_code = near(right - i), codes[region[first + right]]
            keys[24] = 0
            keys[25] = left_far * (REGION_KINDS + 1) + left_code
            keys[26] = right_far * (REGION_KINDS + 1) + right_code
            keys[27] = (left_far * (FAR + 1) + right_far) * n + kind
        keys[28] = place * n + kind

        left_cue = right_cue = left_gap = right_gap = 0
        keys[32] = keys[33] = -1
        right = unit.cue[i]
        if cue >= 0:
            left_cue, left_gap = cues[unit.kind[cue + PAD]], near(i - cue)
            keys[32] = unit.word[cue + PAD]
        if right >= 0:
            right_cue, right_gap = cues[unit.kind[right + PAD]], near(right - i)
            keys[33] = unit.word[right + PAD]
        keys[29] = left_cue * 8 + left_gap
        keys[30] = right_cue * 8 + right_gap
        keys[31] = (left_cue * CUE_KINDS + right_cue) * 4 + place
        keys[34] = left_gap * n + kind
        keys[35] = right_gap * n + kind

        keys[36] = keys[38] = -1
        pause_far = FAR * (FAR + 1)
        right = unit.pause[i]
        if pause >= 0:
            pause_far = near(i - pause) * (FAR + 1)
            keys[38] = unit.kind[pause + PAD + 1] * n + kind
        if right >= 0:
            keys[36] = unit.kind[right + PAD + 1] * n + unit.kind[right + PAD + 2]
            keys[37] = pause_far + near(right - i)
        else:
            keys[37] = pause_far + FAR

        since = cue if cue >= 0 else 0
        grown = (commas if commas < 3 else 3) * 4 + (verbs if verbs < 3 else 3)
        keys[39] = (unit.kind[since + PAD + 1] * 16 + grown) * n + kind
        keys[40] = (left_cue * 16 + grown) * n + kind
        keys[41] = (grown * n + kind) * n + k[PAD + 1]
        if i > since:
            commas += pauses[kind]
            verbs += finite[kind]

        right = size - 1 - i
        keys[42] = (((i if i < 4 else 4) * 5 + (right if right < 4 else 4)) * 2 + unit.any_quoted) * 2 + leads
        keys[43] = (unit.tail * 2 + unit.any_quoted) * 4 + place
        keys[44] = unit.kind[PAD] * n + unit.kind[PAD + 1]
        keys[45] = described[first + i, 3] * 5 + (described[first + i + 1, 3] if i + 1 < size else 0)
        keys += KEYS


def described(list words not None, dict known not None):
    """The four numbers that ``known`` packs of each word, from the lowest bit on in 16, 8, 12 and 4 bits.
    Shape (words, 4). Raises KeyError for a word that is not known.
    """
    found = np.empty((len(words), 4), dtype=np.int64)
    cdef int64_t[:, ::1] held = found
    cdef int64_t packed
    cdef Py_ssize_t i
    for i in range(held.shape[0]):
        packed = known[words[i]]
        held[i, 0] = packed & 0xFFFF
        held[i, 1] = packed >> 16 & 0xFF
        held[i, 2] = packed >> 24 & 0xFFF
        held[i, 3] = packed >> 36 & 0xF
    return found


cdef inline uint64_t hashed(int64_t key) noexcept nogil:
    return (<uint64_t> key * <uint64_t> 0x9E3779B97F4A7C15) >> 40  # Knuth's multiplicative hash


def table(const int64_t[::1] keys not None):
    """A hash table of ``keys`` (template in the upper half, key in the lower), each held with its row: its
    place, from 1. Shape (a power of two at least twice as many); 0 where nothing is.
    """
    if keys.shape[0] >= 1 << ROW_BITS:
        raise ValueError(f"more than {(1 << ROW_BITS) - 1:,} features")
    found = np.zeros(1 << (int(2 * keys.shape[0]) | 1).bit_length(), dtype=np.int64)
    cdef int64_t[::1] slots = found
    cdef uint64_t mask = slots.shape[0] - 1, at
    cdef Py_ssize_t row
    for row in range(keys.shape[0]):
        at = hashed(keys[row]) & mask
        while slots[at]:
            at = (at + 1) & mask
        slots[at] = keys[row] << ROW_BITS | (row + 1)
    return found


cdef int size_of(Ints units, Py_ssize_t unit, Py_ssize_t tokens) except -1:
    cdef int64_t size = (units[unit + 1] if unit + 1 < units.shape[0] else tokens) - units[unit]
    if not 0 < size <= MOST:
        raise ValueError(f"a unit of {size} tokens; 1 to {MOST} can be read at once")
    return <int> size


def keys(
    Described described not None, Ints region not None, Ints codes not None, Ints cues not None,
    Flags finite not None, Flags pauses not None, Ints units not None, Flags leads not None,
):
    """The keys of every token. Shape (tokens, ``TEMPLATES``). Keys of different templates are unrelated."""
    found = np.empty((described.shape[0], KEYS), dtype=np.int64)
    cdef int64_t[:, ::1] held = found
    cdef Unit unit
    cdef Py_ssize_t number
    cdef int size
    for number in range(units.shape[0]):
        size = size_of(units, number, described.shape[0])
        keys_of(
            described, region, codes, cues, finite, pauses, units[number], size, leads[number], &unit,
            &held[units[number], 0],
        )
    return found


def label(
    Described described not None, Ints region not None, Ints codes not None, Ints cues not None,
    Flags finite not None, Flags pauses not None, Ints units not None, Flags leads not None,
    Ints chosen not None, Ints slots not None, const int16_t[:, ::1] weights not None, float scale,
    const float[:, ::1] transitions not None, Ints ways not None, Ints ways_from not None,
):
    """The best label of every token of the ``chosen`` units (Viterbi), 0 of the others, and what it gains:
    how much more it weighs than label 0 does, with the step into it from the token before it, in the
    unit before too; the first of all has none.
    """
    cdef Py_ssize_t tokens = described.shape[0], number
    cdef int labels = transitions.shape[0], size, i, t, way, best, other, to, before = -1
    cdef int64_t first, key, slot
    cdef int64_t rows[KEYS]
    cdef uint64_t mask = slots.shape[0] - 1, place
    cdef uint64_t places[KEYS]
    cdef int16_t total[MOST_LABELS]
    cdef float score[MOST][MOST_LABELS]
    cdef float reached[MOST][MOST_LABELS]
    cdef uint8_t back[MOST][MOST_LABELS]
    cdef float step, most
    cdef const int16_t *row
    cdef Unit unit
    if labels > MOST_LABELS or weights.shape[1] != labels - 1:
        raise ValueError(f"{labels} labels with {weights.shape[1]} weights a feature")
    held = np.empty((MOST, KEYS), dtype=np.int64)
    found, gained = np.zeros(tokens, dtype=np.uint8), np.zeros(tokens, dtype=np.float32)
    cdef int64_t[:, ::1] asked = held
    cdef uint8_t[::1] given = found
    cdef float[::1] gains = gained
    for number in chosen:
        first, size = units[number], size_of(units, number, tokens)
        keys_of(
            described, region, codes, cues, finite, pauses, first, size, leads[number], &unit, &asked[0, 0]
        )
        for i in range(size):
            # All places are fetched before any is read, since most of the time goes in waiting for memory.
            for t in range(KEYS):
                places[t] = hashed(asked[i, t] | <int64_t> t << 32) & mask
                fetch(&slots[places[t]])
            for t in range(KEYS):
                slot = 0
                if asked[i, t] >= 0:
                    key, place = asked[i, t] | <int64_t> t << 32, places[t]
                    slot = slots[place]
                    while slot and slot >> ROW_BITS != key:
                        place = (place + 1) & mask
                        slot = slots[place]
                rows[t] = slot & ((1 << ROW_BITS) - 1)
                fetch(&weights[rows[t], 0])
            memset(total, 0, sizeof(total))
            for t in range(KEYS):
                row = &weights[rows[t], 0]
                for to in range(labels - 1):
                    total[to] += row[to]
            score[i][0] = 0
            for to in range(1, labels):
                score[i][to] = total[to - 1] * scale
            if i == 0:
                for to in range(labels):
                    reached[0][to] = score[0][to]
                continue
            for to in range(labels):
                most, best = -INFINITY, 0
                for way in range(ways_from[to], ways_from[to + 1]):
                    other = ways[way]
                    step = reached[i - 1][other] + transitions[other, to]
                    if step > most:
                        most, best = step, other
                reached[i][to] = most + score[i][to]
                back[i][to] = best
        best = 0
        for to in range(1, labels):
            if reached[size - 1][to] > reached[size - 1][best]:
                best = to
        for i in range(size - 1, -1, -1):
            given[first + i] = best
            gains[first + i] = score[i][best]
            other = back[i][best] if i else before
            if other >= 0 and transitions[other, best] > -INFINITY:
                gains[first + i] += transitions[other, best] - transitions[0, 0]
            best = other
        before = given[first + size - 1]
    return found, gained
