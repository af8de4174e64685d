"""Names that people in England bear: enough to know a name by, with what stands around it. Nobody's in particular."""

_GIVEN = """
aaliyah aaron abbie abby abdul abdullah abigail abu adam adeel adele adnan adrian agnes agnieszka ahmed aidan aiden
aimee aisha aishah aisling alan alana albert alejandro aleksander alexa alexander alexandra alexis alfie alfred ali
alice alicia alina alisha alison alistair aliyah allan allison alyssa amanda amar amara amber amelia amelie amina
aminah amir amira amit amna amy ana anais anastasia andre andrea andreea andrei andrew andrzej aneta angel angela
angelica angus anil anisa anita anjali ann anna annabel annabelle anne annette annie anthony antonia antonio anya
archie aria ariana arjun arlo arnav art arthur arun arya asad asha ashley ashton asif asma aston athena aubrey audrey
aurora austin ava ayaan ayan ayesha ayla bailey barbara barnaby barry bartosz beatrice becky belinda bella ben
benjamin bernadette bernard beth bethan bethany betty beverley bilal billie billy blake bobby bogdan bonnie brandon
brenda brendan brian bridget bronwyn brooke brooklyn bruno bryan bryony cain caitlin caitlyn caleb callie callum
calvin cameron camila camilla cara carla carlos carly carol caroline carolyn carrie carter casey cassandra cassie
catherine cathy cecilia celia celine chanel chantal chantelle charis charlene charles charley charlie charlotte
chelsea chelsie cheryl chidi chioma chloe chris christian christina christine christopher ciara claire clara clare
clarissa claudia clayton clive cody colette colin colleen connie connor conor constance corey cormac courtney craig
cristina curtis cynthia daisie daisy damian damien damon daniel daniela danielle danny daphne darcey darcie darcy
daria darius darren darryl dave david davina dawid dawn dean debbie deborah declan deepak deirdre delilah demi denis
denise dennis derek derrick desmond destiny devon dexter diana diane diego dilys dimitri dina dinah dionne dominic
dominik dominika donna dorothy dougie douglas duncan dwayne dylan ebony edith edward edwin eesa ehsan eileen elaine
eleanor elena eli eliana elias elijah elin elise elisha eliza elizabeth ella elle ellen ellie elliot elliott elodie
eloise elsa elsie elspeth elvira emaan emeka emilia emily emma emmanuel enrique eric erica erin ernest esmae esmay
esme estelle esther ethan etta euan eugene eva evan eve evelyn evie ewa ewan ewelina ezra fabian faisal faith farah
fareeda farhan farida fatima fatimah fatoumata felicity felix fern fernando finlay finley finn fiona fleur flora
florence florin frances francesca francis frank frankie fraser fred freddie frederick freya funmi gabriel gabriela
gabriella gabrielle gail gareth gary gavin gemima gemma geoff geoffrey george georgia georgie georgina gerald
geraldine gerard gianna gillian giovanni gladys glenda glenn gloria gordon grace gracie graham grainne grayson greg
gregory greta gurpreet gwen gwendolyn habib hadi hafsa hailey halima hamish hamza hana hanna hannah haris harley
harman harmony haroon harper harpreet harriet harris harrison harry harvey hasan hassan hattie hayden hayley hazel
heath heather hector heidi helen helena henry hetty hollie holly hope howard hugh hugo humza husna hussain ian ibrahim
ida idris ieuan ifan ifeoma igor iman imogen imran inaaya india indiana ines ingrid ioan ioana ira irena irene iris
isaac isabel isabella isabelle isaiah isha isla ismail isobel israel ivan ivana ivy jace jack jackie jackson jacob
jacqueline jade jaden jai jaiden jake jakub jamal james jamie jamil jan jana jane janet janice janine jared jasmin
jasmine jason jasper javed javier jax jaxon jaxson jay jayda jayden jaylen jayne jean jeanette jed jeff jeffrey jemima
jenna jennie jennifer jenny jeremiah jeremy jermaine jerome jerry jesse jessica jessie jill jim jimmy jo joan joana
joanna joanne jodie joe joel joey johanna john johnny jolene jon jonah jonas jonathan jordan jordyn jorge jorja jose
joseph josephine josh joshua josie joy joyce juan juanita jude judith judy julia julian julie juliet juliette justin
justyna kacey kacper kai kaiden kaitlyn kamal kamil kamran kane kara karen karim karina karl karolina kasey kasper
katarzyna kate katelyn katerina katherine kathleen kathryn kathy katie katrina katy kayden kayla kaylee kayleigh
kayley keeley keira keiran keith kelly kelsey kelvin ken kendra kenneth kenny kenzie keri kerry kev kevin keziah
khadija khadijah khalid kiana kiara kieran kieron kim kimberley kimberly kira kiran kirsten kirsty kit kofi konrad
kris krishna kristen kristina krystian krzysztof kuba kwame kya kyle kyra lacey laila lana lara larissa latisha laura
lauren laurence laurie lawrence layla layton lea leah leanne lee leigh leighton leila lena lennon lenny leo leon leona
leonard leonardo leonie leroy lesley leslie leticia levi lewis lexi lexie liam liana libby lila lilah lilia lilian
lillian lillie lily linda lindsay lindsey lisa livia liz liza lizzie lloyd logan lois lola london lorenzo loretta
lorna lorraine louie louis louisa louise luca lucas lucia lucian lucie lucinda lucy luis lukas lukasz luke luna luqman
luther lydia lyla lynda lyndsey lynn lynne lynsey lyra mabel mack mackenzie macy maddie maddison madeleine madeline
madison mae maeve magda magdalena maggie maham mahmoud mahnoor maisie maisy maja malachi malachy malakai malcolm malik
mandy manisha manuel marc marcel marcia marcin marco marcus margaret maria mariam mariama marian marie marilyn mario
marion marissa marjorie mark marley marlon marta martha martin martina marvin mary maryam mason mateo mateusz mathilda
matilda matt matteo matthew maureen maurice max maximilian maxwell maya mckenzie megan meghan mehmet mehwish mel
melanie melissa melody mercedes mercy meredith mia micah michael michaela michal michele michelle miguel mihai mikaeel
mikael mikayla mike mikey mila milan mildred miles millie milly milo mimi mina miranda miriam misha mitchell mo
mohamed mohammad mohammed moira mollie molly mona monica monika morgan morgana moses mubarak muhammad mukesh muriel
murray musa mustafa mya myla nabil nadeem nadia nadine naeem nancy naomi nasir nasreen natalia natalie natasha
nathalie nathan nathaniel neha neil nell nella nellie nelson neve niall niamh nicholas nick nicky nicola nicolas
nicole nigel nikhil nikita nikki nikola nila nina niraj nisha nishat noah noel noor nora norah noreen norma norman
nyah oakley octavia olga olive oliver olivia oliwia ollie omar orla orlaith oscar osman otis otto owain owen paddy
paige pamela paolo parker patience patricia patrick patryk patsy paul paula pauline pawel pearl pedro penelope penny
perry pete peter petra phil philip philippa phillip phoebe phyllis pia piotr pippa polly poppy portia precious preston
priscilla priya przemyslaw quinn rabia rachael rachel radoslaw rafael rafferty rahim rahul raihan raj rajesh ralph
rameen ramona randeep raphael rashid raul raven ravi ray raya rayan raymond reagan rebecca reece reeva regan reggie
regina rehan reina remi remy renata rene renee reuben rex rhea rhian rhianna rhiannon rhonda rhys ria rianna ricardo
richard ricky riley rina rio rita riya roan rob robbie robert roberta roberto robin robyn rocco rochelle rodney roger
rohan roisin roman romeo ronald ronan ronnie rory rosa rosalie rosalind rosanna rose roseanne rosemary rosie ross
rowan rowena roxanne roy ruben ruby rudy rufus rukhsana rupert russell ruth ryan ryder ryleigh saad sabina sabrina
sade sadia sadie safa saffron safiya sahil said saima sajid sakina salim sally salma sam samaira samantha sami samina
samir samira sammy samson samuel sana sandeep sandra sandy sanjay sanya sara sarah saskia saul scarlet scarlett scott
sean sebastian selena selina serena serenity seth shabana shabnam shahid shaista shakira shamima shana shane shanelle
shania shanice shannon sharon shaun shauna shayla shayne sheila shelby shelley sherry shirley shivani shona sian
siddharth sidney sienna sierra simon simone simran sinead siobhan skye skyla skylar sofia soham solomon sonia sonny
sonya sophia sophie soraya spencer stacey stacy stan stanislaw stanley stefan stefania stella stephanie stephen steve
steven stewart stuart sufyan sukhdeep suki suleman suleyman sultan sumaya sumayyah summer sunil sunita suresh susan
susanna susie suzanne sybil sydney sylvia sylwia szymon tabitha tahira talia tallulah tamara tamika tammy tamsin tania
tanisha tanya tara tariq tasha tasnim tate tatiana taylor ted teddy tegan temi terence teresa terri terry tess tessa
thea theo theodora theodore theresa thomas tia tiana tianna tiffany tilly tim timothy tina tobias toby todd tom tomas
tomasz tommy toni tony tracey tracy travis trevor tricia trinity tristan troy tunde ty tyler tyra tyrell tyrone tyson
ulrich uma umair umar umer una ursula usman vaishali valentina valeria valerie vanessa vera verity veronica vicky
victor victoria vikram viktor viktoria vincent viola violet virginia vivian vivienne vlad vladimir wahid walter wanda
waqas warren wayne wendy wesley wiktor wiktoria wilfred wilhelmina will willow wilma winifred winston wojciech wolf
woody xander xanthe xavier yahya yara yasin yasir yasmin yasmine yolanda yousef yuri yusef yusuf yvette yvonne zac
zach zachariah zachary zack zahid zahra zaid zain zaina zainab zak zakariya zane zara zayn zeenat zelda zena zeynep
zhang zoe zoey zofia zohaib zoya zubair zuri zuzanna
"""
GIVEN = frozenset(_GIVEN.split())

# Also words, months or places: a name only with a capital in the middle of a sentence
_WORDLIKE = """
abu amber angel angus art ashton aston aurora austin bailey ben blake brooke brooklyn carol carter chelsea daisy darcy
dawn dean demi destiny devon eve faith fern finn florence frank grace harmony harper harvey hazel heath heather holly
hope india indiana iris israel ivy jack jackson jade jan jay jean jim jo jordan joy kit lee logan london mack mark mason
max may melody mercy mel miles mo morgan nelson oakley olive parker patience pearl penny perry pete petra poppy precious
preston raven ray rex rio robin rob rocco roman rose ross rowan roy ruby rudy ryder saffron said sally sam sandy scarlet
serenity shannon sidney sienna sierra sonny spencer summer sydney tate taylor ted trinity troy ty tyson una victor
victoria viola violet virginia warren will willow winston wolf woody
"""
WORDLIKE = frozenset(_WORDLIKE.split())

_FAMILY = """
adams adeyemi ahmed akhtar alexander ali allen anderson andrews armstrong atkinson bailey baker barker barnes begum bell
bennett bibi booth bradley brooks brown burton butler campbell carter chambers chapman clark clarke cole collins cook
cooper cox davies davis dawson dean dixon edwards elliott ellis evans fisher fletcher ford foster fox gibson gill
gordon graham grant gray green griffiths hall hamilton harper harris harrison hart harvey hill holmes howard hudson
hughes hunt hunter hussain jackson james jenkins johnson johnston jones kaur kelly kennedy khan khatun king knight lane
lawrence lawson lee lewis lloyd macdonald mahmood marsh marshall martin mason matthews mccarthy mcdonald miah mills
mitchell mohamed moore morgan morris morrison moss murphy murray nowak obrien okafor okeke oliver osman owen palmer
parker patel pearce pearson perry phillips poole porter powell price reed reid reynolds rice richards richardson roberts
robertson robinson rogers rose ross russell ryan saunders scott shah shaw simpson singh smith spencer stevens stewart
stone sutton taylor thomas thompson turner walker wallace walsh ward watson watts webb wells west white wilkinson
williams williamson willis wilson wood woods wright yilmaz young
"""
FAMILY = frozenset(_FAMILY.split())

# Surnames that are words: with a small letter they are those
_EVERYDAY = """
baker barker bell bennett booth brown cook dean fisher fletcher ford foster fox gill grant gray green grey hall hart
hill hunt hunter king knight lane marsh mills moss moore poole porter price reed rice rose stone taylor turner walker
ward webb wells west white wood woods young
"""
EVERYDAY = frozenset(_EVERYDAY.split())

# Written with a capital, and nobody's name
_CALENDAR = """
january february march april may june july august september october november december monday tuesday wednesday
thursday friday saturday sunday christmas easter ramadan eid covid english british
"""
CALENDAR = frozenset(_CALENDAR.split())
