/** Words of grammar: they say how a sentence is built, not what it is about. Written as the tokeniser leaves them. */
const GRAMMAR = `
a about above across after again against ago ahead all almost alone along already also although always am among an
and another any anybody anyone anything anyway are aren around as aside at away back be became because become becomes
been before began begin begins behind being below beneath beside besides between beyond both but by came can cannot come
comes could couldn did didn do does doesn doing don done down due during each either else enough even ever every
everybody everyone everything except few for from further gave get gets getting give given gives go goes going gone got
had hadn has hasn have haven having he hence her here hers herself him himself his how however if in indeed instead into
is isn it its itself just keep keeps kept let lets like ll made make makes making many may maybe me meanwhile might more
most much must my myself near nearly need needs neither never nevertheless no nobody none nor not nothing now of off
often on once one ones only onto or other others otherwise ought our ours ourselves out over own per perhaps put puts
quite rather re really same see seem seems several shall she should shouldn since so some somebody somehow someone
something sometimes somewhere soon still such take taken takes than that the their theirs them themselves then there
therefore these they thing things this those though three through throughout thus til till to together too took toward
towards tried tries try trying two under unless until up upon us use used uses using ve very via was wasn way we well
went were weren what whatever when whenever where whereas whether which while who whoever whole whom whose why will with
within without won would wouldn yet you your yours yourself
`;

/** Words of production and release: nearly every encyclopedia text on a film has them, and no story is about them. */
const PRODUCTION = `
academy acclaim acclaimed actor actors actress actresses adapted alongside announced appear appearance appearances
appeared appearing appears award awards based began best billed box broadcast budget cameo cast casting character
characters cinema cinematographer cinematography co commercial commercially composed considered consists created credited
critic critical critically critics debut digital direct directed directing direction director directorial directors distributed
distribution distributor dvd edited editor ensemble entertainment eponymous executive feature featured features featuring
feet film filmed filming filmmaker filmmakers films final focuses follow followed following follows footage gross grossed
grossing includes including inc installment international known later lead loosely mainly million mixed movie movies
named national negative nominated nomination nominations number office original originally pictures played playing plays
plot positive praised premiere premiered previous principal print produced producer producers production productions
received receiving reception registry release released releasing remake reprising reprise reviews role roles
runtime score screened screening screenplay screenwriter script second sequel series set shot shown star starred
starring stars story stories studio studios successful supporting tells television theater theaters theatres theatrical
theatrically title titled titular video warner well wide widely worldwide writer writers writing written wrote year years
`;

/** What {@link tokenise} leaves out. */
export const STOP_WORDS: ReadonlySet<string> = new Set(`${GRAMMAR} ${PRODUCTION}`.split(/\s+/));
