"""Words in capitals, or beside names, and what they say of a name: a person's, a body's, nobody's."""

from __future__ import annotations

HONORIFICS = {"mr": "m", "mrs": "f", "ms": "f", "miss": "f", "sir": "m", "lord": "m", "lady": "f",
"dame": "f", "dr": "",
              "prof": "", "mx": "", "madam": "f", "sheikh": "m", "ayatollah": "m", "rev": "",
              "hon": ""}  # fmt: skip
PARTICLES = frozenset(
    "de da do dos das del della di du la le van von der den ter bin ibn ben bint al el ul ur af zu y "
    "e".split()
)
# Words that open sentences or stand in capitals without naming anybody.
COMMON = frozenset(
    "a about above according added after again against all also although amid among an and another any "
    "anyone are as asked at back because before being between both but by call can could did do does "
    "during each earlier either even every everyone few first following for former four from further "
    "given had has have he her here him his how however i if in indeed instead into is it its it's just "
    "last late later least less let like many may maybe me meanwhile might more moreover most much must "
    "my nearly neither never new next no nobody none nor not nothing now of off on once one only or other "
    "others our out over people perhaps please put rather read recently second see several shall she "
    "should since so some someone soon speaking still such take than thank that the their them then there "
    "therefore these they thing things this those though three through thus to today together tomorrow "
    "too two under unlike until up upon us very was we well were what when where whether which while who "
    "whom whose why will with within without would yes yet yesterday you your monday tuesday wednesday "
    "thursday friday saturday sunday january february march april june july august september october "
    "november december gmt est photo video read image "
    "ruling caption advertisement q a editing reporting writing additional updated ok".split()
)
# Before a title these are part of it.
RANKS = frozenset(
    "senior junior joint ruling deputy vice acting chief principal first second top lead former interim "
    "ministry department".split()
)
# Words of a name only before another word in capitals: "Asia Society".
REGIONAL = frozenset(
    "asia europe africa americas western west eastern east northern southern central european asian "
    "african arab islamic muslim christian jewish congressional communist socialist islamist latin "
    "nordic baltic balkan scandinavian caribbean gulf transatlantic state federal national "
    "international regional foreign".split()
)
# The United States' only where none of the regions stands before it: "Latin American".
AMERICAS = frozenset({"america", "american", "americans"})
# Right before a name these say that it is a body's; right after it, in apposition, too.
BODY_NOUNS = frozenset(
    "company firm companies firms airline bank operator manufacturer party group newspaper daily weekly "
    "tabloid broadcaster "
    "magazine website channel radio giant maker charity union consultancy brokerage carrier retailer giant "
    "outlet paper "
    "agency station think-tank organisation organization network bloc movement militia conglomerate".split()
)
# The capital words in a name that make it an organisation and no person.
ORGANISATION_WORDS = frozenset(
    "ministry academy administration agency airlines airways alliance army assembly associates association "
    "authority bank board bureau business center centre chamber church club coalition college command "
    "commission committee company confederation congress consortium cooperative corp corporation council "
    "court department directorate enterprise enterprises exchange federation firm force forces forum "
    "foundation front fund group guard holdings hospital hotel inc industries initiative institute "
    "institution international investigation journal labs laboratory league limited llc llp ltd media "
    "mission monitor movement museum network news newspaper observatory office organisation organization "
    "parliament party partners partnership plc post press project radio research school secretariat "
    "securities service services society station studies study support systems technologies television "
    "think times tribunal trust tv union university watch weekly party's daily college institute".split()
)
# Whose spokesmen and officials are not a government's: "a hospital spokesman", "party officials".
PRIVATE = frozenset(
    "airline airport bank campaign cathedral charity church club college company exchange factory "
    "festival firm foundation fund hospital hotel industry league mine mosque museum party plant port "
    "railway refinery school stadium team temple trust union university zoo".split()
)
# Right before a title no names, though they may open a sentence: "Health officials".
ORDINARY = PRIVATE | frozenset(
    "agriculture aid aviation banking border city coalition community county court customs defence defense "
    "diplomatic district education election electoral emergency energy environment environmental "
    "federal finance health immigration intelligence judicial law legal local maritime medical military "
    "municipal naval nuclear oil opposition palace parliamentary peace police political power prison "
    "provincial rebel relief religious rescue security state tax trade transport tribal "
    "village weather".split()
)
# Offices that no state has: whoever is called so is one of many.
OF_MANY = frozenset({"company", "public", "activist", "media", "expert", "source"})
# What closes a firm's name after "and": "Capp and Co".
FIRM_ENDS = frozenset("co company sons brothers bros partners associates".split())
# What stands for whoever made it: "the report said".
STATEMENTS = frozenset(
    "statement report document resolution letter communique communiqué declaration editorial article "
    "commentary notice message tweet post memo website release dispatch filing study survey note warning "
    "remarks comments comment".split()
)
# Bodies that are named by where they are: "the University of Nairobi".
SEATED = frozenset(
    "academy bank chamber church club college exchange hospital institute library museum observatory port "
    "school university".split()
)
THINGS = frozenset(
    "bill act treaty agreement accord accords resolution convention protocol papers war games cup prize day "
    "summit".split()
)
COMPOUND = (
    "-based",
    "-led",
    "-backed",
    "-born",
    "-run",
    "-owned",
    "-installed",
    "-controlled",
    "-language",
    "-linked",
    "-style",
)
REPORTING = frozenset(
    "newspaper daily reported reports said says quoted cited website news reporter correspondent editor "
    "magazine radio".split()
)
