"""Reporting words: which say that words were spoken or written, and which tell a belief, a wish or a plan."""

from __future__ import annotations

# Each row: base form, and the irregular forms that the endings below do not make.
_SPEECH = """
accuse acknowledge add address admit advise advocate affirm allege allow announce answer applaud appeal argue ask assert
assure attest attribute authorize bemoan berate blame blast boast brief call caution cite claim clarify comment commend
complain concede conclude concur condemn confess confide confirm congratulate contend contradict counter criticize criticise
cry declare decline decry defend demand denounce deny describe detail dictate disclose dismiss dispute dub echo elaborate
emphasize emphasise endorse exclaim exhort explain express extol fume gloat greet grumble hail highlight hint implore imply
indicate inform inquire insinuate insist instruct interject invite invoke joke lambast lambaste lament lash laud lecture
mention mock mourn muse mutter name narrate note notify object observe oppose opine order outline pen petition plead pledge
point portray post praise predict press proclaim promise pronounce propose protest quip quote rail react read reaffirm reason
reassure rebuke rebut recall recommend recount refer refuse refute reiterate reject relate remark remind renounce repeat
reply report reprimand request respond retort retract retweet reveal ridicule rule sigh signal slam snap specify speculate
stipulate state stress suggest summon testify thank threaten thunder tout tweet underline underscore urge utter verify voice
vow wail warn welcome whisper yell
""".split()
_IRREGULAR = {
    "say": "says said saying", "tell": "tells told telling", "write": "writes wrote written writing",
    "speak": "speaks spoke spoken speaking", "swear": "swears swore sworn swearing", "put": "puts putting",
    "go": "", "hear": "", "hold": "", "shout": "shouts shouted shouting", "submit": "submits submitted submitting",
    "quip": "quips quipped quipping", "rebut": "rebuts rebutted rebutting", "refer": "refers referred referring",
    "slam": "slams slammed slamming", "snap": "snaps snapped snapping", "dub": "dubs dubbed dubbing",
    "decry": "decries decried decrying", "deny": "denies denied denying", "cry": "cries cried crying",
    "reply": "replies replied replying", "imply": "implies implied implying", "testify": "testifies testified testifying",
    "specify": "specifies specified specifying", "clarify": "clarifies clarified clarifying",
    "notify": "notifies notified notifying", "verify": "verifies verified verifying", "admit": "admits admitted admitting",
    "read": "reads reading", "signal": "signals signaled signalled signaling signalling",
}  # fmt: skip
_ATTITUDE = """
accept admire agree aim anticipate appreciate approve assume aspire await believe choose concern conclude consider contemplate
count covet decide deem desire desire despise detest determine disagree disapprove dislike doubt dream embrace enjoy envision
estimate expect fancy favor favour fear figure find foresee forget frown gather guess hate hope imagine infer intend judge know
learn like long loathe look love mean mind mull need notice oppose perceive plan ponder prefer presume pretend project realize
realise recall reckon recognize recognise regard regret rejoice remember resent resolve respect seek see seem sense suppose
suspect support sympathize tend think trust try understand value view want wish wonder worry yearn
""".split()
_IRREGULAR_ATTITUDE = {
    "think": "thinks thought thinking", "know": "knows knew known knowing", "mean": "means meant meaning",
    "feel": "feels felt feeling", "see": "sees saw seen seeing", "seek": "seeks sought seeking",
    "understand": "understands understood understanding", "find": "finds found finding", "forget": "forgets forgot forgotten",
    "choose": "chooses chose chosen choosing", "foresee": "foresees foresaw foreseen foreseeing",
    "plan": "plans planned planning", "prefer": "prefers preferred preferring", "try": "tries tried trying",
    "worry": "worries worried worrying", "regret": "regrets regretted regretting",
}  # fmt: skip


def _forms(base: str) -> set[str]:
    if base.endswith("e"):
        return {base, base + "s", base + "d", base[:-1] + "ing"}
    if base.endswith(("ss", "sh", "ch", "x")):
        return {base, base + "es", base + "ed", base + "ing"}
    return {base, base + "s", base + "ed", base + "ing"}


def _all_forms(bases: list[str], irregular: dict[str, str]) -> dict[str, str]:
    forms = {form: base for base in bases if base not in irregular for form in _forms(base)}
    forms |= {form: base for base, listed in irregular.items() if listed for form in (base, *listed.split())}
    return forms


SPEECH = _all_forms(_SPEECH, _IRREGULAR)
"""Every form of a verb of saying, and its base form."""
ATTITUDE = _all_forms(_ATTITUDE, _IRREGULAR_ATTITUDE)
"""Every form of a verb of believing, wishing or planning, and its base form."""
