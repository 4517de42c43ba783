# ruff: noqa: E501
"""Invented statements for measuring which appearances are one statement.

A block each: the words in full; after ``~`` how a journalist retells them in a lead; after each ``/`` one change of
a word (``old > new``) that makes another statement of them.
"""

TEXTS = """\
We will not accept the basing of interceptors on the northern islands, and we will answer every step that threatens our coast.
~ It would answer every step that threatened its coast and would not accept the basing of interceptors on the northern islands
/ will not accept > will accept
/ northern > southern

The proposal opens a door to serious talks, and our delegation is ready to travel to Geneva as soon as a date is set.
~ Its delegation was ready to travel to Geneva as soon as a date had been set
/ is ready > is not ready
/ Geneva > Vienna

This system gives no one more security; it only moves the arms race from the ground into orbit.
~ The system would only move the arms race from the ground into orbit and give no one more security
/ no one > everyone
/ arms race > conflict

We have offered 12 ships for the patrol and we expect our partners to offer as many before the autumn.
~ It had offered 12 ships for the patrol and expected partners to offer as many before the autumn
/ 12 > 20
/ autumn > winter

Our two countries agreed to share radar data within minutes, which will save lives on both sides of the strait.
~ The two countries had agreed to share radar data within minutes
/ minutes > hours
/ will save > will not save

Nobody asked the people who live under these flight paths, and nobody will be able to say later that we were silent.
~ The people who live under these flight paths had not been asked
/ Nobody asked > Somebody asked
/ silent > wrong

The parliament will vote on the treaty on 4 March and I am confident that a clear majority will support it.
~ He was confident that a clear majority of parliament would support the treaty when it votes on 4 March
/ support > oppose
/ 4 March > 14 March

If the launches continue without notice, we will close our airspace to military flights from both countries.
~ It would close its airspace to military flights from both countries if launches continued without notice
/ close > open
/ both > three

The debris fell within sight of our fishing boats, and we demand a full account of what went wrong.
~ It demanded a full account of what went wrong after debris fell within sight of its fishing boats
/ fell > did not fall
/ fishing boats > oil platforms

We welcome the decision to publish the test calendar because trust begins with knowing what comes next.
~ The country welcomed the decision to publish the test calendar
/ welcome > regret
/ calendar > results

Sanctions alone have never stopped a determined government, but they have raised the price of its choices.
~ Sanctions had raised the price of a determined government's choices but had never stopped it
/ have never stopped > have always stopped
/ raised > lowered

The alliance spends 3.1 percent of its income on defence this year and intends to spend more.
~ The alliance intended to spend more than the 3.1 percent of income that goes to defence this year
/ 3.1 > 2.1
/ more > less

I told the prime minister that our friendship does not depend on any single contract or any single base.
~ The friendship did not depend on a single contract or a single base, he had told the prime minister
/ does not depend > depends
/ contract > visit

These weapons are purely defensive and are not directed against any state in the region.
~ The weapons were purely defensive and not directed against any state in the region
/ are not directed > are directed
/ defensive > offensive

Our farmers cannot pay for a quarrel between great powers, so we ask both of them to lift the tariffs at once.
~ Both great powers should lift the tariffs at once because farmers could not pay for their quarrel
/ lift > keep
/ farmers > workers

The inspectors were given access to all seven sites and found no sign of enrichment beyond the agreed limit.
~ Inspectors had found no sign of enrichment beyond the agreed limit at any of the seven sites
/ seven > five
/ found no sign > found signs

There can be no lasting settlement without the island states, whose waters are crossed by every test.
~ A lasting settlement was impossible without the island states, whose waters every test crosses
/ island states > coastal towns
/ can be no > can be a

We are deeply worried by the speed of this build-up and call on all sides to return to the hotline.
~ All sides should return to the hotline, it said, voicing deep worry at the speed of the build-up
/ worried > pleased
/ hotline > summit

The shield will be ready in 2029 at a cost of 175 billion dollars, and it will protect every city we have.
~ The shield would protect every city and be ready in 2029 at a cost of 175 billion dollars
/ 2029 > 2031
/ 175 billion > 831 billion

A country that tells the truth about its losses deserves our help, and it will receive it this month.
~ A country that told the truth about its losses deserved help and would receive it this month
/ will receive > will not receive
/ month > year

Our position has not changed: the corridor must stay open to ships of all nations, in peace and in crisis.
~ The corridor must stay open to ships of all nations in peace and in crisis, a position that had not changed
/ has not changed > has changed
/ corridor > canal

It is a dangerous illusion to think that a wall in the sky can replace a treaty on paper.
~ To think that a wall in the sky could replace a treaty on paper was a dangerous illusion
/ dangerous > harmless
/ treaty > promise

We have evidence that the cable was cut on purpose and we will present it to the council next week.
~ It would present evidence to the council next week that the cable had been cut on purpose
/ on purpose > by accident
/ cable > pipeline

The talks were frank and useful, and the two ministers will meet again in Jakarta before the end of June.
~ The two ministers would meet again in Jakarta before the end of June after frank and useful talks
/ Jakarta > Manila
/ useful > useless

No foreign power will decide for us with whom we trade or whose engineers build our ports.
~ No foreign power would decide with whom the country trades or whose engineers build its ports
/ ports > railways
/ trade > fight

The commission proposes to suspend the agreement for 90 days so that its effects can be studied.
~ The agreement should be suspended for 90 days so that its effects can be studied, the commission proposed
/ 90 > 30
/ suspend > extend

We condemn the seizure of the vessel in the strongest terms and expect the crew to be released today.
~ It condemned the seizure of the vessel in the strongest terms and expected the crew to be released
/ condemn > understand
/ crew > cargo

Our satellites saw nothing that would confirm this report, and we ask those who made it to correct it.
~ Satellites had seen nothing that would confirm the report, whose authors should correct it
/ saw nothing > saw enough
/ report > denial

A joint command would cost us our independence, and for that reason my party will vote against it.
~ His party would vote against a joint command because it would cost the country its independence
/ vote against > vote for
/ independence > patience

The ceasefire holds in most places, though our observers counted 14 violations since Sunday.
~ Observers had counted 14 violations since Sunday though the ceasefire held in most places
/ 14 > 40
/ most > few

We did not come to this conference to lecture anybody; we came to listen to those who carry the burden.
~ It had come to the conference to listen to those who carry the burden and not to lecture anybody
/ burden > blame
/ listen to > argue with

Every interceptor bought this year is a school that will not be built, and our voters know it.
~ Voters knew that every interceptor bought this year was a school that would not be built
/ will not be built > will be built
/ school > hospital

The ambassador was summoned this morning and was told that such flights have to end immediately.
~ The ambassador had been summoned and told that such flights had to end immediately
/ have to end > may continue
/ ambassador > attaché

Our companies will deliver the first radar in November, three months earlier than the contract requires.
~ Companies would deliver the first radar in November, three months earlier than the contract required
/ three months earlier > three months later
/ radar > engine

We share the hope of our neighbours for calm, and we will do nothing that could endanger the elections there.
~ It shared its neighbours' hope for calm and would do nothing that could endanger elections there
/ calm > change
/ endanger > delay

Only a third of the promised aid has arrived, and winter does not wait for committees.
~ Only a third of the promised aid had arrived and winter did not wait for committees
/ a third > a tenth
/ aid > fuel
"""
