"""The catalogue of problem codes: what each means, an example, its cure. A page of the site."""

from __future__ import annotations

from dataclasses import dataclass

from kbsite.errors import Severity


@dataclass(frozen=True, kw_only=True, slots=True)
class Code:
    """One kind of problem. `example` is content that has it, `cure` the same content mended."""

    code: str
    severity: Severity
    title: str
    meaning: str
    example: str
    cure: str


def _error(code: str, title: str, meaning: str, example: str, cure: str) -> Code:
    return Code(
        code=code, severity="error", title=title, meaning=meaning, example=example, cure=cure
    )


def _warning(code: str, title: str, meaning: str, example: str, cure: str) -> Code:
    return Code(
        code=code, severity="warning", title=title, meaning=meaning, example=example, cure=cure
    )


CATALOGUE: tuple[Code, ...] = (
    # Files and folders
    _error(
        "KB001",
        "A file or folder name that is not an id",
        "The names of records become ids and URLs, so they are lower-case ASCII letters and digits "
        "in words joined by single hyphens, at most 80 characters; records end in .yaml, pages in "
        ".md.",
        "sessions/example-conf/My Talk.yml",
        "sessions/example-conf/my-talk.yaml",
    ),
    _error(
        "KB002",
        "A file that is not UTF-8",
        "The file was saved in another encoding, often Latin-1 or Windows-1252.",
        "title: Caf\\xe9 (one byte for é)",
        "Save the file again as UTF-8; every editor can.",
    ),
    _error(
        "KB003",
        "A file over 1 MiB",
        "No record of one session comes near that size, so something else ended up in the file.",
        "A transcript pasted into `abstract`",
        "Link to the long text under `links` and keep the record short.",
    ),
    _error(
        "KB004",
        "A symbolic link out of the knowledge base",
        "Links that lead out of the folder are never followed: they would publish files nobody "
        "meant to publish.",
        "sessions/example-conf/talk.yaml -> /home/sam/talk.yaml",
        "Put a copy of the file in its place.",
    ),
    _error(
        "KB005",
        "Sessions without their event",
        "Each folder under sessions/ is one event and needs an event.yaml that names it.",
        "sessions/example-conf/talk.yaml, and no sessions/example-conf/event.yaml",
        "name: Example Conf 2026\ntimezone: Europe/Amsterdam\nstart: 2026-03-23\nend: 2026-03-26",
    ),
    _error(
        "KB006",
        "A file that cannot be read",
        "The operating system refused to open the file.",
        "A record without read permission",
        "chmod +r the file, or find out who holds it.",
    ),
    _error(
        "KB007",
        "A file where none belongs",
        "A record stands where kbsite would never look for it, so it would silently be missing "
        "from the site.",
        "sessions/talk.yaml",
        "sessions/example-conf/talk.yaml",
    ),
    _warning(
        "KB008",
        "A file that nothing is made of",
        "Records are in sessions/ and themes/, and kbsite makes nothing of other files there; what "
        "they say is lost to readers. A record, or a page by another ending, among the other files "
        "of content/ is published as it stands.",
        "sessions/example-conf/slides.pdf",
        "content/slides/kernel-news.pdf, with a link in sessions/example-conf/kernel-news.yaml",
    ),
    _error(
        "KB009",
        "A name that breaks on another system",
        "Windows has no files that are called con, aux or nul, nor names with : or ? in them; to "
        "Windows and macOS, About.md and about.md are one file. Whoever copies the knowledge base "
        "there would not get it whole.",
        "content/About.md beside content/about.md",
        "content/about.md and content/about-us.md",
    ),
    # YAML
    _error(
        "KB010",
        "Text that is not YAML",
        "The file, or the front matter of the page, breaks the rules of YAML at this place.",
        "title: Part one: the beginning",
        'title: "Part one: the beginning"',
    ),
    _error(
        "KB011",
        "A key given twice",
        "YAML readers keep one of the two and say nothing, so one value would be lost.",
        "title: First\ntitle: Second",
        "title: Second",
    ),
    _error(
        "KB012",
        "An anchor or an alias",
        "Anchors (&name) and aliases (*name) can make a small file explode into a large one, and "
        "records do not need them.",
        "themes: &t [ebpf]\nsuggested_themes: *t",
        "themes: [ebpf]",
    ),
    _error(
        "KB013",
        "More than one document",
        "One file holds one record; a line of three hyphens begins a second document.",
        "title: One\n---\ntitle: Two",
        "title: One",
    ),
    _error(
        "KB014",
        "An empty file",
        "The file holds nothing, or only comments.",
        "# to do",
        "title: The talk's title",
    ),
    _error(
        "KB015",
        "A tag",
        "Tags (!name) ask the reader to build something special; records hold plain values.",
        "title: !upper kernel news",
        "title: Kernel news",
    ),
    _error(
        "KB016",
        "A key that is not a word",
        "A key must be plain text, not a list or a mapping.",
        "{title: x}: y",
        "title: x",
    ),
    _error(
        "KB017",
        "Values nested too deep",
        "No field of a record is nested more than a few levels.",
        "title: [[[[[[...]]]]]]",
        "title: Deep nesting",
    ),
    _error(
        "KB018",
        "Front matter missing or not closed",
        "Themes, articles, shifts and pages that extend a generated one begin with front matter: "
        "YAML between two lines of three hyphens.",
        "name: eBPF\n---\nText",
        "---\nname: eBPF\n---\nText",
    ),
    _error(
        "KB019",
        "A merge conflict",
        "Version control marks with lines of <<<<<<<, ======= and >>>>>>> where two versions of a "
        "text did not fit together. They would be published as they are.",
        "<<<<<<< HEAD\ntitle: Kernel news\n=======\ntitle: News of the kernel\n>>>>>>> branch",
        "title: Kernel news",
    ),
    _error(
        "KB020",
        "Text that is a comment",
        "A space and '#' begin a comment, which nobody reads. Right behind a value, and without a "
        "space behind the '#', it looks as if it was meant as text.",
        "title: Kernel #1 of ten",
        'title: "Kernel #1 of ten"',
    ),
    _error(
        "KB021",
        "A word that is no text",
        "null, true and false, in small letters, in capitals or as a name, are no texts for YAML: "
        "they stand for nothing, yes and no, unless they are in quotes.",
        "title: Null",
        'title: "Null"',
    ),
    _error(
        "KB022",
        "Quotes that are none",
        "Only straight quotes are quotes for YAML. Others, as phones and word processors write "
        "them, are part of the text.",
        "title: “Kernel news”",
        'title: "Kernel news"',
    ),
    _error(
        "KB023",
        "A backslash that changes the text",
        "In double quotes a backslash and a letter stand for another character, as \\n does for "
        "the end of a line.",
        'room: "C:\\new"',
        "room: 'C:\\new'",
    ),
    _error(
        "KB024",
        "A list of who is left out that cannot be read",
        "`kbsite leave-out` writes the list, and what keeps people out of the site must not be "
        "read by halves. A line of it was changed by hand, or two were joined when branches were.",
        "A line in content/left-out.txt that is no digest",
        "Restore the file from version control, and run `kbsite leave-out` again where it is "
        "needed.",
    ),
    # Fields
    _error(
        "KB101",
        "An unknown key",
        "The key is not a field of this record; it is probably misspelt.",
        "tittle: Kernel news",
        "title: Kernel news",
    ),
    _error(
        "KB102",
        "A required field is missing",
        "The record cannot be used without this field.",
        "kind: talk",
        "title: Kernel news\nkind: talk",
    ),
    _error(
        "KB103",
        "A value of the wrong shape",
        "A list stands where a text belongs, a text where a list belongs, and so on.",
        "speakers: Ada Example",
        "speakers:\n  - name: Ada Example",
    ),
    _error(
        "KB104",
        "An unknown theme or account",
        "Themes are the files in themes/; a session names one by id, name or alias. The accounts "
        "that claims are taken from are the pages in content/reports; `from` names one by its id.",
        "themes: [agentic-infra]",
        "themes: [agentic-infrastructure]",
    ),
    _error(
        "KB105",
        "A value that is not among the allowed ones",
        "The field takes one of a fixed set of words.",
        "level: expert",
        "level: advanced",
    ),
    _error(
        "KB106",
        "A value that is not an id",
        "Ids are lower-case ASCII letters and digits in words joined by single hyphens, at most 80 "
        "characters.",
        "id: Golden Paths!",
        "id: golden-paths",
    ),
    _error(
        "KB107",
        "A date or time that cannot be read",
        "Dates are written 2026-03-23, times 2026-03-23T11:45, with an offset or in the event's "
        "zone.",
        "start: 23/03/2026",
        "start: 2026-03-23",
    ),
    _error(
        "KB108",
        "An end before its start",
        "The session or event would end before it begins.",
        "start: 2026-03-24T11:00\nend: 2026-03-24T10:30",
        "start: 2026-03-24T10:30\nend: 2026-03-24T11:00",
    ),
    _error(
        "KB109",
        "A link that leads nowhere, or elsewhere than it seems",
        "Only http, https and mailto lead on: other schemes can run code or read files, and a "
        "relative link means something else on each page that shows the text. No link leads to the "
        "writer's own machine, names a user before the host, or mixes letters that look alike.",
        "url: javascript:alert(1)",
        "url: https://example.org/talk",
    ),
    _warning(
        "KB110",
        "A session outside its event's dates",
        "Perhaps the month or the year is wrong. What is of the kind other, as are events held "
        "beside this one, may be on the day before or after.",
        "start: 2025-03-24T11:00 (the event is in 2026)",
        "start: 2026-03-24T11:00",
    ),
    _warning(
        "KB111",
        "A timestamp outside the session",
        "Places are counted in the video. This one lies before the start of the session in it, or "
        "after the length that the session's start and end give.",
        "at: 55:00 (in a session of 30 minutes)",
        "at: 25:00",
    ),
    _error(
        "KB112",
        "An unknown time zone",
        "Zones are named as in the IANA database.",
        "timezone: CET+1",
        "timezone: Europe/Amsterdam",
    ),
    _error(
        "KB113",
        "A timestamp that cannot be read",
        "Places in a video are written mm:ss or hh:mm:ss.",
        "at: 750",
        "at: 12:30",
    ),
    _error(
        "KB114",
        "A text that is empty, too long or holds what cannot be seen",
        "The field must hold something a person can read; one that takes a name or a line takes "
        "at most 500 characters, any other 20,000. Control characters, and such as hide words or "
        "turn their order, have no place in it; joints that a script needs have.",
        'title: ""',
        "title: Kernel news",
    ),
    _warning(
        "KB115",
        "HTML that is not allowed in prose",
        "Only plain text markup is kept; the element named here is taken out of the page, as it is "
        "of articles, shifts and reports, which anybody may bring. Pages outside the folders of "
        "records may hold any HTML, and those alone may run code. A text with elements that are "
        "opened in one another without end is shown as it is written.",
        "summary: See <iframe src=...></iframe>",
        "summary: See [the recording](https://example.org/video)",
    ),
    _error(
        "KB116",
        "A name that gives no id",
        "Nothing of the name is a letter or a digit, so there is nothing to make an address of.",
        'speakers:\n  - name: "???"',
        'speakers:\n  - name: "???"\n    id: question-marks',
    ),
    _error(
        "KB117",
        "A start on a link that is no video",
        "`start` of a link is the place in a video at which the player begins.",
        "links:\n  - {kind: slides, url: https://example.org/slides, start: 12:30}",
        "links:\n  - {kind: video, url: https://example.org/talk, start: 12:30}",
    ),
    _error(
        "KB118",
        "Evidence that does not fit together",
        "What was said has a speaker or a place in the video: `by` or `at`. What is reported has "
        "an account: `from`. So may have what is inferred, if the author of the account concluded "
        "it; what was said or shown has none.",
        "learnings:\n  - {id: one, text: Slow is smooth., basis: reported}",
        "learnings:\n  - {id: one, text: Slow is smooth., basis: reported, from: "
        "a-week-among-kernels}",
    ),
    _error(
        "KB119",
        "More than a record may hold",
        "A list has at most 100 items. No session has as many speakers or learnings, so a mistake "
        "or a program filled it, and pages of it would be of no use.",
        "speakers: (101 of them)",
        "Keep the most important, or part the record into several.",
    ),
    _warning(
        "KB120",
        "A language or country that does not exist",
        "A language is written by its code or its English name, a country by its two letters or "
        "its English name. Pages say the language of a text to browsers, and count talks by it.",
        "language: Englisch",
        "language: en",
    ),
    _warning(
        "KB121",
        "A title with more in it than the title",
        "What schedules put around titles has fields of its own: the kind, whether it was "
        "cancelled, who speaks. Emoji at an end say nothing that words do not.",
        "title: 'Keynote: Kernel news [CANCELLED]'",
        "title: Kernel news\nkind: keynote\nstatus: cancelled",
    ),
    _warning(
        "KB122",
        "A name with more in it than the name",
        "Two people under one name get one page, which is nobody's; so does a name with a company "
        "behind it. Somebody who is really called so can be given an id.",
        "speakers:\n  - name: Bo Sample & Cy Third",
        "speakers:\n  - name: Bo Sample\n  - name: Cy Third",
    ),
    _warning(
        "KB123",
        "An address that may be another",
        "It ends in a sign that was probably copied along with it, or names a machine by its "
        "number.",
        "url: https://example.org/talk).",
        "url: https://example.org/talk",
    ),
    _error(
        "KB124",
        "A link that cannot be of its kind",
        "Pages play videos and offer slides to look at: an address of mail is neither, a document "
        "is no video, and a video is no slides.",
        "links:\n  - {kind: video, url: https://example.org/talk.pdf}",
        "links:\n  - {kind: slides, url: https://example.org/talk.pdf}",
    ),
    _warning(
        "KB125",
        "A length that cannot be right",
        "The session lasts a day or more, or ends when it begins. What lasts several days has days "
        "for its start and end, without hours. No event lasts most of a year.",
        "start: 2026-03-24T11:15\nend: 2026-03-25T11:45",
        "start: 2026-03-24T11:15\nend: 2026-03-24T11:45",
    ),
    _warning(
        "KB126",
        "A text with traces of another format",
        "What was copied from HTML, JSON or Markdown, or read in another encoding, brings signs "
        "along that readers would see: &amp;, a comma at the end, half of a pair of quotes, **.",
        "title: Questions &amp; answers",
        "title: Questions & answers",
    ),
    _warning(
        "KB127",
        "What stands where a name should",
        "Nobody is called TBD or N/A, and a handle or an address is no name: a page would be made "
        "of it. Names are written in capital and small letters, as people write their own. "
        "Somebody who is really called so can be given an id.",
        "speakers:\n  - name: TBD\n  - name: CY THIRD",
        "speakers:\n  - name: Cy Third",
    ),
    _warning(
        "KB128",
        "A text that Markdown shows nowhere",
        "Cells for which a table has no column are left out, and so is a line that says where a "
        "link leads where no link has that name: [Note]: soon.",
        "summary: |\n  | a | b |\n  | --- | --- |\n  | 1 | 2 | 3 |",
        "summary: |\n  | a | b | c |\n  | --- | --- | --- |\n  | 1 | 2 | 3 |",
    ),
    _warning(
        "KB129",
        "A word that stands for nothing",
        "TBA, N/A, None or a hyphen would be shown as the title, the room or the summary. What is "
        "not known is left out.",
        "room: TBA",
        "start: 2026-03-24",
    ),
    _warning(
        "KB130",
        "Something named twice in a list",
        "A theme, a project or a related session is in the same list twice; once is enough.",
        "themes: [ebpf, eBPF]",
        "themes: [ebpf]",
    ),
    _warning(
        "KB131",
        "An event that its name does not fit",
        "The year in the name or in the id of an event is not that of its days, so one of them is "
        "probably that of another edition; or another event has the name, and readers cannot tell "
        "the two apart.",
        "name: Example Conf 2025\nstart: 2026-03-23\nend: 2026-03-26",
        "name: Example Conf 2026\nstart: 2026-03-23\nend: 2026-03-26",
    ),
    _warning(
        "KB132",
        "Two spellings of one room or track",
        "Rooms and tracks of one event, and series of events, are told apart by their words. Two "
        "that differ in capitals, spaces and signs alone are probably one. Of what schedules have "
        "so nothing is said.",
        "room: Hall A in one session, room: hall a in another of the event",
        "room: Hall A",
    ),
    # References
    _error(
        "KB201",
        "A speaker who is not in the session",
        "`by` names one of the session's own speakers, by name or id.",
        "learnings:\n  - {id: one, text: Slow is smooth., by: Somebody Else}",
        "learnings:\n  - {id: one, text: Slow is smooth., by: Ada Example}",
    ),
    _error(
        "KB202",
        "An id used twice",
        "Two learnings of a session, two quotes, figures or announcements, or two speakers, share "
        "an id; links could not tell them apart.",
        "learnings:\n  - {id: one, text: First.}\n  - {id: one, text: Second.}",
        "learnings:\n  - {id: one, text: First.}\n  - {id: two, text: Second.}",
    ),
    _error(
        "KB203",
        "Two things at one address",
        "Two pages would be written to the same URL, and one of them would be lost.",
        "content/contribute.md and content/contribute/index.md",
        "Rename one of the two.",
    ),
    _error(
        "KB204",
        "A learning superseded by one that does not exist",
        "`superseded_by` names a learning as SESSION-ID#LEARNING-ID, or #LEARNING-ID in the same "
        "session.",
        'superseded_by: "#no-such-learning"',
        "superseded_by: example-conf/newer-talk#better-way",
    ),
    _error(
        "KB205",
        "Learnings that supersede each other",
        "Following `superseded_by` from here leads back to here.",
        'learnings:\n  - {id: a, text: A., superseded_by: "#b"}\n'
        '  - {id: b, text: B., superseded_by: "#a"}',
        'learnings:\n  - {id: a, text: A., superseded_by: "#b"}\n  - {id: b, text: B.}',
    ),
    _error(
        "KB206",
        "Something related that is none",
        "`related` of a session lists the ids of other sessions, EVENT/STEM, and that of a theme "
        "its neighbours; nothing is related to itself.",
        "related: [example-conf/no-such-talk]",
        "related: [example-conf/kernel-news]",
    ),
    _error(
        "KB207",
        "A [[link]] that leads nowhere",
        "The target of a [[kind:target]] link does not exist, is not published, or is not unique.",
        "[[theme:ebfp]]",
        "[[theme:ebpf]]",
    ),
    _error(
        "KB208",
        "A generated page where a hand-written one stands",
        "kbsite would write its own page over a page that a person wrote.",
        "content/themes/ebpf.md beside themes/ebpf.md",
        "Move the text into the body of themes/ebpf.md, or rename the page.",
    ),
    _warning(
        "KB209",
        "Two people who may be one",
        "Their names are nearly the same. Nobody is ever merged on that alone; a page in "
        "content/speakers says once whether they are one or two. 'kbsite merge person' writes it.",
        "Jo Example in one session, Joe Example in another",
        "---\nname: Joe Example\naliases: [Jo Example]\n--- for one person,\n"
        "---\nname: Joe Example\ndistinct_from: [Jo Example]\n--- for two",
    ),
    _error(
        "KB210",
        "A name or alias claimed twice",
        "Two records claim the same name, so it could mean either.",
        "aliases: [OTel] in two themes",
        "Keep it in one of them.",
    ),
    _error(
        "KB211",
        "A former id that is still in use",
        "`aliases` of a session or an event lists ids it had before; this one belongs to another "
        "now.",
        "aliases: [example-conf/kernel-news] while that session exists",
        "Remove the alias, or rename the other session.",
    ),
    _error(
        "KB212",
        "A speaker id without a name",
        "A speaker is given by id alone, and no page in content/speakers and no other session says "
        "the name.",
        "speakers:\n  - id: ada-example",
        "speakers:\n  - id: ada-example\n    name: Ada Example",
    ),
    _warning(
        "KB213",
        "A page that extends nothing",
        "A page in content/speakers, organisations or projects belongs to somebody or something "
        "that a published session names; no session names this one, so the page is not shown.",
        "content/speakers/ada-exmaple.md",
        "content/speakers/ada-example.md",
    ),
    _warning(
        "KB214",
        "One name at two organisations of one event",
        "Two people may have the same name. Without an id they are one person with one page. A "
        "page in content/speakers says that they are, whatever the organisations; ids tell them "
        "apart, or say it for these organisations.",
        "speakers: [{name: Anna, org: Example Works}] in one session,\n"
        "speakers: [{name: Anna, org: Sample Labs}] in another of the same event",
        "content/speakers/anna.md with name: Anna for one person,\n"
        "speakers: [{name: Anna, org: Sample Labs, id: anna-of-sample-labs}] for two",
    ),
    _error(
        "KB215",
        "Two names that would have one id",
        "An id, and with it an address, is a name in plain Latin letters. These two names are not "
        "the same, but nothing would be left to tell them apart.",
        "speakers: [{name: 张伟}] in one session, speakers: [{name: 章薇}] in another",
        "speakers: [{name: 章薇, id: zhang-wei-of-bergen}]\n"
        "For an organisation or a project, a page: content/projects/c-plus-plus.md with name: C++",
    ),
    _warning(
        "KB216",
        "Two organisations that may be one",
        "Their names are the same but for spaces, a legal form, the ending of a domain or a slip. "
        "They have two pages until a page in content/organisations says that they are one, as "
        "'kbsite merge organisation' writes it; it may also say that they are two.",
        "org: Example Works in one session, org: ExampleWorks, Inc. in another",
        '---\nname: Example Works\naliases: ["ExampleWorks, Inc."]\n--- for one organisation,\n'
        '---\nname: Example Works\ndistinct_from: ["ExampleWorks, Inc."]\n--- for two',
    ),
    _warning(
        "KB217",
        "Told apart from nobody",
        "`distinct_from` names those who have nearly the same name and are others, by id or name. "
        "This one is in no published session, or means the person or the organisation of the page.",
        "name: Joe Example\ndistinct_from: [Jo Exmaple]",
        "name: Joe Example\ndistinct_from: [Jo Example]",
    ),
    _warning(
        "KB218",
        "Two projects that may be one",
        "Their names are the same but for spaces, hyphens or a slip. They have two pages until the "
        "name is written right, or a page in content/projects says that they are one, as 'kbsite "
        "merge project' writes it; it may also say that they are two.",
        "projects: [Tiny Kernel] in one session, projects: [Tiny Kernl] in another",
        "projects: [Tiny Kernel]",
    ),
    _warning(
        "KB219",
        "A name in letters of two scripts",
        "Some letters only look like others: a Cyrillic one is no Latin one. Who searches for "
        "the name does not find it, and it is another name than the one it looks like.",
        "name: \u0410da Example",
        "name: Ada Example",
    ),
    # What a reader can rely on
    _warning(
        "KB220",
        "A record that does not say where it comes from",
        "A session says under `sources` where its facts were read, or under `provenance` who wrote "
        "it. What was learned, quoted, counted or announced needs somebody who stands for it: "
        "`contributed_by`.",
        "title: Kernel news\nlearnings:\n  - {id: one, text: Slow is smooth.}",
        "title: Kernel news\nlearnings:\n  - {id: one, text: Slow is smooth.}\n"
        "provenance:\n  contributed_by: Your name",
    ),
    _warning(
        "KB221",
        "A learning told twice",
        "Two learnings have the same words, so readers meet one of them again and again. Where two "
        "talks taught the same, each has its own words for it.",
        "learnings:\n  - {id: one, text: Slow is smooth.}\n  - {id: two, text: Slow is smooth.}",
        "learnings:\n  - {id: one, text: Slow is smooth.}",
    ),
    _warning(
        "KB222",
        "A shift that rests on too little",
        "A shift is a claim over two or more themes, and its text links to what it rests on: "
        "learnings of two or more sessions.",
        "---\ntitle: Less is measured\nthemes: [ebpf]\n---\nTeams measure less.",
        "---\ntitle: Less is measured\nthemes: [ebpf, observability]\n---\n"
        "Teams measure less: [[learning:example-conf/kernel-news#fewer-copies]],\n"
        "[[learning:example-conf/operators#ask-first]].",
    ),
    _warning(
        "KB223",
        "Two sessions of one entry",
        "Two records name the same entry of a source, most often because one was copied from the "
        "other. An import brings new versions of the entry into the one that it made.",
        "title: Operators\nsources:\n  - {system: sched, id: 4f2a9c}  # copied",
        "title: Operators\nprovenance:\n  contributed_by: Your name",
    ),
    _warning(
        "KB224",
        "A claim that does not say where it comes from",
        "A reader wants to know whether a talk said it, a slide showed it, somebody's account "
        "reports it, or the contributor concludes it. Each learning, quote, figure and "
        "announcement says so with `basis`, or the session says it once for all.",
        "title: Kernel news\nlearnings:\n  - {id: one, text: Slow is smooth.}\n"
        "provenance:\n  contributed_by: Your name",
        "title: Kernel news\nbasis: inferred\nlearnings:\n  - {id: one, text: Slow is smooth.}\n"
        "provenance:\n  contributed_by: Your name",
    ),
    _warning(
        "KB225",
        "The same talk twice",
        "Two records of one event have the same title and the same speakers. A talk that was given "
        "again has another start; of two entries of a schedule nothing is said.",
        "title: Kernel news, by Ada Example, in two files of an event",
        "Keep one of the two files, or have 'kbsite merge session' make one of both.",
    ),
    _warning(
        "KB226",
        "One recording of two talks",
        "Two sessions have the same video, from the same second. A video of several talks says at "
        "each link where that talk begins.",
        "links:\n  - {kind: video, url: 'https://example.org/day-1'}  # in two files",
        "links:\n  - {kind: video, url: 'https://example.org/day-1', start: '12:30'}",
    ),
    _warning(
        "KB227",
        "One speaker in two rooms at once",
        "A speaker's session begins in another room before the one before it is over. Of two "
        "entries of a schedule nothing is said.",
        "room: Hall A, 12:00 to 12:30 in one file, room: Hall B, 12:15 to 12:45 in another",
        "room: Hall B, 12:30 to 13:00",
    ),
    _warning(
        "KB228",
        "An id that was another before",
        "The session or the event was renamed, or joined with another. What names it by its former "
        "id still leads there; the present one says so to who reads the record.",
        "related: [example-conf/news-from-the-kernel]",
        "related: [example-conf/kernel-news]",
    ),
    _warning(
        "KB229",
        "Something a session is about, and is not",
        "A theme or a project is below `not_about`, and below `themes`, `suggested_themes` or "
        "`projects` of the same session too.",
        "themes: [ebpf]\nnot_about: [ebpf]",
        "themes: [ebpf]",
    ),
    # Pages
    _error(
        "KB230",
        "A file that may run code",
        "Articles, shifts and reports, and the pages that extend speakers, organisations and "
        "projects, are brought by anybody, and whatever could run is taken out of them. A file "
        "beside them is published as it is, so it must be none that a browser runs: no HTML, "
        "script or XML, and no SVG with a script in it. What runs code stands elsewhere in "
        "content/, where those who keep the site look at it.",
        "content/articles/chart.html",
        "content/charts/chart.html, to which content/articles/a-quiet-week.md links",
    ),
    _warning(
        "KB231",
        "A link or a picture of a page that leads nowhere",
        "The file, the page or the heading to which a link in a hand-written page leads is not "
        "there. A link leads from the file of its page to another file of content/; to a record, "
        "whose page is made, it is written in double brackets.",
        "[the kernel](projects/tiny-kernel.md) and [the schedule](shedule.md)",
        "[[project:tiny-kernel|the kernel]] and [the schedule](schedule.md)",
    ),
    _error(
        "KB232",
        "An icon or a template that the theme does not have",
        "The page could not be made, nor any other whose navigation shows its icon.",
        "icon: material/bok",
        "icon: material/book",
    ),
    _warning(
        "KB233",
        "Markdown that is not read as it was meant",
        "A bracket, a space or a line is missing, or is one too many, so that readers get the "
        "signs as they are written, or what follows is taken for code. To show such signs, put "
        "them between backticks.",
        "See [the recording] (https://example.org/video)",
        "See [the recording](https://example.org/video)",
    ),
    _warning(
        "KB234",
        "A picture without words",
        "Who does not see a picture is told what is on it, by the words that stand beside its "
        'address. A picture that says nothing has alt="", which only HTML can say.',
        "![](kernel.png)",
        "![A kernel on a page](kernel.png)",
    ),
    _warning(
        "KB235",
        "Front matter that nothing reads",
        "The keys of a page's front matter are the author's own, but this one is nearly one that "
        "the theme reads, or names a part of pages that there is not, or is to keep the page out "
        "of the site, which none does: `draft_docs` in mkdocs.yml says what to leave out.",
        "titel: How we work",
        "title: How we work",
    ),
    _error(
        "KB240",
        "Somebody who asked to be left out",
        "The list in `content/left-out.txt` has this name, or this session, and nothing is "
        "published that goes against it. It is looked for in all files, in any spelling of the "
        "same letters: in fields, texts, comments, addresses and names of files.",
        "summary: As Ada Example has shown. (she asked to be left out)",
        "summary: As the talk has shown.",
    ),
    # Rendering
    _warning(
        "KB301",
        "A warning from MkDocs",
        "While it rendered the hand-written pages, MkDocs found something, most often a link to a "
        "page that does not exist.",
        "[the schedule](shedule.md)",
        "[the schedule](schedule.md)",
    ),
    # Importing
    _error(
        "KB401",
        "A source that cannot be imported",
        "The file or the answer of the address is not what its format asks for: another format, "
        "cut off in the middle, or made to do harm. Nothing of it is imported.",
        "A calendar that does not end with END:VCALENDAR",
        "Download the source again, or name its format: kbsite import c3voc schedule.json",
    ),
    _warning(
        "KB402",
        "An entry that cannot be imported",
        "This entry of the source cannot become a record; the others do.",
        "An entry without a title",
        "Mend the entry at its source, or write the session's record yourself.",
    ),
    _warning(
        "KB403",
        "Speakers that may be in a title",
        "The source has people only in its titles, and this title ends with words that may be "
        "people. They were left there, because a wrong person is worse than a missing one.",
        "title: A Tour of the Lab - Fourteen Nodes",
        "title: A Tour of the Lab\nspeakers:\n  - name: Ada Example\n    org: Example Works",
    ),
    _warning(
        "KB404",
        "A field changed here and at the source",
        "Since the last import both a person and the source changed this field. The person's value "
        "stays; it is said once.",
        "room: Hall 1 in the record, and Hall 2 in the source that had Hall 3",
        "Write the source's value into the record if it is the right one.",
    ),
    _warning(
        "KB405",
        "A record that could not be changed in place",
        "The source has a new value for this field, but the file is written in a way in which it "
        "cannot be changed without touching what a person wrote. The file was left as it is.",
        "{title: Kernel news, room: Hall 1}",
        "Write the value yourself, or the record with one key on each line.",
    ),
    _error(
        "KB406",
        "A lock that cannot be read",
        "import.lock.json, beside event.yaml, holds what was imported last. Without it kbsite "
        "cannot tell what the source changed from what you changed.",
        "Marks of a merge conflict in import.lock.json",
        "Restore the file from version control. Without it, delete it: every value in a record "
        "then counts as yours.",
    ),
    _warning(
        "KB407",
        "A value of the source that was not taken over",
        "Something about this entry cannot be right; the rest of it was imported.",
        "An end before the start",
        "Mend the entry at its source, or the record.",
    ),
    _warning(
        "KB408",
        "Most of a schedule is gone",
        "More than half of the sessions that were imported before are not in the source now. They "
        "were marked as withdrawn.",
        "The calendar of one day or one track, imported over that of the whole event",
        "Import the whole schedule: sessions that are in it again are no longer withdrawn.",
    ),
    _warning(
        "KB409",
        "What another source may know of a session",
        "A source with which an event was enriched has an entry that may be about this session. "
        "A wrong recording is worse than a missing one, so nothing was written.",
        "A recording with the title of a session, and the names of other people",
        "Look at it, and write what belongs to the session into its record.",
    ),
)

BY_CODE = {code.code: code for code in CATALOGUE}
