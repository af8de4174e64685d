"""Names that people in England bear: enough to know a name by, with what stands around it. Nobody's in particular."""

_GIVEN = """
aaliyah aarav aaron abbie abby abdi abdirahman abdul abdullah abdulrahman abena abigail abu adaeze adam adeel adele
aditya adnan adrian advait adwoa afua agata agnes agnieszka ahmad ahmed aidan aiden ailsa aimee aisha aishah aisling
akosua alan alana albert alejandro aleksander alexa alexander alexandra alexandru alexis alfie alfred ali alice alicia
alicja alieu alina alisha alison alistair aliyah allan allison alyssa amanda amanuel amar amara amber amelia amelie
amina aminah aminata amir amira amit amna amrit amy ana anais anand anastasia andre andrea andreea andrei andrew
andrzej aneta angel angela angelica angharad angus aniela anil anisa anita anjali ann anna annabel annabelle anne
annette annie anthony antonia antonio anya aparna archie aria ariana arjun arlo arnav art arthur arun arya asad asha
ashley ashton asif asma aston athena aubrey audrey aurora austin ava avtar ayaan ayan ayesha ayla ayman ayomide bailey
baljit balwinder barbara barnaby barry bartek bartosz basma beata beatrice becky belinda bella ben benjamin berhane
bernadette bernard beth bethan bethany betty beverley bhavna bianca bilal billie billy biniam binta blake bobby bogdan
bonnie bozena bradley brandon brayden brenda brendan brian bridget bronte bronwyn brooke brooklyn bruno bryan bryony
cain caitlin caitlyn caleb callie callum calvin cameron camila camilla caoimhe cara carla carlos carly carol caroline
carolyn carrie carter carys casey cassandra cassie catherine cathy catriona cecilia celia celine cerys cezary chandni
chanel chantal chantelle charis charlene charles charley charlie charlotte chelsea chelsie chen cheryl chidi chioma
chloe chris christian christina christine christopher chukwuemeka ciara cillian ciprian claire clara clare clarissa
claudia clayton clive cody colette colin colleen connie connor conor constance corey cormac cosmin costel courtney
craig cristina curtis cynthia daisie daisy dale dalia damian damien damon daniel daniela danielle danny danuta daphne
darcey darcie darcy daria darius darnell darragh darren darryl dave david davina dawid dawit dawn dean debbie deborah
declan deepa deepak deirdre dele delilah demi denis denisa denise dennis derek derrick deshawn desmond destinee
destiny devon dexter diana diane diego dilys dimitri dina dinah dinesh dionne dominic dominik dominika donna donte
doreen dorota dorothy dougie douglas dragos duncan dwayne dylan ebony ebrima edith edward edwin edyta eesa ehsan
eileen eilidh elaine eleanor elena eli eliana elias elijah elin elise elisha eliza elizabeth ella elle ellen ellie
elliot elliott ellis elodie eloise elsa elsie elspeth elvira emaan emeka emilia emily emma emmanuel enrique eoghan
eric erica erin ernest esi esmae esmay esme estelle esther ethan etta euan eugene eva evan eve evelyn evie ewa ewan
ewelina eyob ezra fabian fadi faisal faith faiza farah fareeda farhan farida fatima fatimah fatou fatoumata felicity
felix fern fernando ffion filip filmon finlay finley finn fiona fionn fleur flora florence florin frances francesca
francis frank frankie fraser fred freddie frederick freya funmi gabriel gabriela gabriella gabrielle gagandeep gail
gareth gary gavin gebre gemima gemma geoff geoffrey george georgia georgie georgina gerald geraldine gerard gethin
ghada gheorghe gianna gillian giovanni gladys glenda glenn gloria gordon gosia grace gracie graham grainne grayson
greg gregory greta gruffydd grzegorz gurdeep gurpreet gwen gwendolyn haben habib hadi hafsa hailey hala halima hamish
hamza hana hani hanka hanna hannah haris harjit harley harman harminder harmony haroon harper harpreet harriet harris
harrison harry harvey hasan hassan hattie haya hayden hayley hazel heath heather hector heidi helen helena henry hetty
hiba hibba hiroshi hiwot hollie holly hope howard huda hugh hugo humza husna hussain ian ibrahim ida idris iestyn
ieuan ifan ifeoma iga igor iman imogen imran inaaya inderjit india indiana ines ingrid ioan ioana iona ionela ionut
iqra ira irena irene iris isaac isabel isabella isabelle isaiah isatou isha ishaan isla ismail isobel israel iulia
ivan ivana ivy iyad jace jacek jack jackie jackson jacob jacqueline jade jaden jai jaiden jake jakub jamal jamar james
jamie jamil jamila jan jana jane janet janice janine jannat janusz jared jasmin jasmine jason jasper jaspreet jatinder
javed javier jax jaxon jaxson jay jayda jayden jaydon jaylen jayne jean jeanette jed jeff jeffrey jemima jenna jennie
jennifer jenny jerell jeremiah jeremy jermaine jerome jerry jesse jessica jessie jill jim jimmy jing jo joan joana
joanna joanne jodie joe joel joey johanna john johnny jolanta jolene jon jonah jonas jonathan jordan jordyn jorge
jorja jose joseph josephine josh joshua josie joy joyce juan juanita jude judith judy julia julian julie juliet
juliette julka justin justyna jyoti kacey kacpar kacper kadeem kai kaiden kaitlyn kamal kamil kamran kane kara karen
karim karima karina karl karolina kasey kasia kasper katarzyna kate katelyn katerina katherine kathleen kathryn kathy
katie katrina katy kavita kayden kaydon kayla kaylee kayleigh kaylem kayley kayson keeley keira keiran keisha keith
kelly kelsey kelvin ken kendra kenji kenneth kenny kenzie keri kerry kev kevin keziah khadeeja khadija khadijah khalid
kian kiana kiara kidist kieran kieron kim kimberley kimberly kinga kira kiran kirsten kirsty kit kofi kojo konrad kris
krishna kristen kristina krysia krystian krzysztof kuba kuldeep kwabena kwame kweku kya kyle kyra kyron lacey laiba
laila lakeisha lakshmi lamin lana lara larisa larissa latisha latoya laura lauren laurence laurie lawrence layla layth
layton lea leah leanne lee leigh leighton leila lena lennon lenny leo leon leona leonard leonardo leonie leroy leshawn
lesley leslie leszek leticia levi lewis lexi lexie liam liana libby lila lilah lilia lilian lillian lillie lily lina
linda lindsay lindsey linh lisa livia liviu liz liza lizzie lloyd logan lois lola lorenzo loretta lorna lorraine louie
louis louisa louise lowri luca lucas lucia lucian lucie lucinda lucy luis lukas lukasz luke luna luqman luther lydia
lyla lynda lyndsey lynn lynne lynsey lyra mabel maciej mack mackenzie macy madalina maddie maddison madeleine madeline
madison mae maeve magda magdalena maggie maha maham mahira mahmoud mahnoor maimuna mairi mais maisie maisy maja
malachi malachy malakai malcolm malgorzata mali malik mamadou mandy manisha manjit manon manpreet manuel marc marcel
marcia marcin marco marcus marek margaret maria mariam mariama marian marie marilyn mario mariola marion marissa
marius mariya marjorie mark marley marlon marquis marta martha martin martina marvin mary maryam marzena mason mateo
mateusz mathilda matilda matt matteo matthew maureen maurice max maximilian maxwell maya mazen mckenzie meena megan
meghan mehmet mehret mehwish mei mel melanie melissa melody mercedes mercy meredith meron mia micah michael michaela
michal michele michelle miguel mihaela mihai mikaeel mikael mikayla mike mikey mila milan mildred miles millie milly
milo milosz mimi mina minh miranda mirela miriam misha mitchell mo modou mohamed mohammad mohammed mohan mohd moira
mollie molly mona monica monika morgan morgana morven moses mubarak muhammad muhammed mukesh muriel murray musa
mustafa mya myla nabil nadeem nadia nadine naeem nancy naomi nasir nasreen natalia natalie natan natasha nathalie
nathan nathaniel natnael navdeep neha neil nell nella nellie nelson nevaeh neve ngozi nguyen nia niall niamh nicholas
nick nicky nicola nicolae nicolas nicole nigel nikhil nikita nikki nikola nila nimra nina niraj nisha nishat noah noel
noor nora norah noreen norma norman nour nyah oakley octavia oisin olga olive oliver olivia oliwia oliwier ollie
oluwadamilola oluwaseun omar omran orla orlaith oscar oskar osman otis otto ousmane ovidiu owain owen paddy padraig
paige pamela paolo paramjit parker parminder patience patricia patrick patrycja patryk patsy paul paula pauline pawel
pearl pedro penelope penny perry pete peter petra petru phil philip philippa phillip phoebe phyllis pia piotr pippa
polly pooja poppy portia prakash precious preston priscilla pritam priya przemyslaw quinn rabia rachael rachel
radoslaw radu rafael rafal rafferty rahim rahul rahwa raihan raj rajesh rajinder rakesh ralph raluca rameen rami
ramona rana randeep ranjit raphael rashawn rashid raul raven ravi ray raya rayan raymond razvan reagan rebecca reece
reem reena reeva regan reggie regina rehan reina remi remy renata rene renee renia reuben rex rhea rhian rhianna
rhiannon rhodri rhonda rhys ria rianna ricardo richard richie ricky riley rima rimsha rina rio rita ritchie riya roan
rob robbie robert roberta roberto robin robyn rocco rochelle rodney roger rohan rohit roisin roman romeo ronald ronan
ronnie rory rosa rosalie rosalind rosanna rose roseanne rosemary rosie ross rowan rowena roxana roxanne roy ruairi
ruba ruben ruby rudy rufus rukhsana rukia rupert rupinder russell ruth ryan ryder ryleigh ryszard saad sabina sabrina
sade sadia sadie safa saffron safiya sahar sahil sahra said saima sajid sakina sakura salim sally salma sam samaira
samantha samar sami samina samir samira sammy samson samuel sana sandeep sandra sandy sanjay sanya saoirse sara sarah
sarita saskia satnam saul savannah scarlet scarlett scott sean sebastian seema selam selena selina senait seren serena
serenity seth shabana shabnam shahid shaista shakira shamima shana shane shanelle shania shanice shaniqua shannon
sharon shaun shauna shayla shayne sheila shelby shelley sherry shirley shivani shona shreya sian siddharth sidney
sidra sienna sierra simon simone simran sinead siobhan sioned skye skyla skylar slawek sofia soham solomon sonal sonia
sonny sonya sophia sophie soraya sorin spencer stacey stacy stan stanislaw stanley stefan stefania stella stephanie
stephen steve steven stewart stuart suad sufyan sukhdeep sukhwinder suki sulayman suleman suleyman sultan sumaira
sumaya sumayyah summer sunil sunita suresh surinder susan susanna susie suzanne swati sybil sydney sylvia sylwia
szymon tabitha tadeusz tahir tahira talia tallulah tamara tamer tamika tammy tamsin tanesha tania tanisha tanya tara
tarek tariq tasha tasnim tate tatiana taylor tayyab ted teddy tegan tejinder tekle temi temitope terence teresa terri
terry tesfay tess tessa thea theo theodora theodore theresa thomas thuy tia tiana tianna tiffany tilly tim timothy
tina tobi tobias toby todd tom tomas tomasz tommy toni tony tracey tracy trang travis trevor tricia trinity tristan
troy tuan tudor tunde ty tyler tyra tyrell tyrese tyrone tyson ulrich uma umair umar umer una ursula urszula usha
usman uzair vaishali valentina valeria valerie vanessa varun vasile vera verity veronica vicky victor victoria vijay
vikas vikram viktor viktoria vincent viola violet viorel virginia vivek vivian vivienne vlad vladimir wael wahid
walter wanda waqas warren wasim wayne wei wendy wesleigh wesley wiktor wiktoria wilfred wilhelmina will willow wilma
winifred winston winta wiola wojciech wolf woody xander xanthe xavier xin yaa yahya yan yaqub yara yasin yasir yasmin
yasmine yazan ying yohannes yolanda yonas yousef yuki yuri yusef yusuf yvette yvonne zac zach zachariah zachary zack
zahid zahra zaid zain zaina zainab zak zakariya zakir zane zara zayn zbigniew zeenat zeeshan zelda zena zeynep zhang
ziad zoe zoey zofia zohaib zohra zosia zoya zubair zuri zuzana zuzanna
"""
GIVEN = frozenset(_GIVEN.split())

# Also words, months or places: a name only with a capital in the middle of a sentence
_WORDLIKE = """
abu amber angel angus art ashton aston aurora austin bailey ben blake brooke brooklyn carol carter chelsea daisy dale
darcy dawn dean demi destiny devon ellis eve faith fern finn florence frank grace harmony harper harvey hazel heath
heather holly hope india indiana iris israel ivy jack jackson jade jan jay jean jim jo jordan joy kit lee logan mack
mark mason max may mel melody mercy miles mo morgan nelson oakley olive parker patience pearl penny perry pete petra
poppy precious preston raven ray rex rio rob robin rocco roman rose ross rowan roy ruby rudy ryder saffron said sally
sam sandy scarlet serenity shannon sidney sienna sierra sonny spencer summer sydney tate taylor ted trinity troy ty
tyson una victor victoria viola violet virginia warren will willow winston wolf woody
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
thursday friday saturday sunday christmas easter ramadan eid covid english british mr mrs ms miss mx dr prof sir
"""
CALENDAR = frozenset(_CALENDAR.split())
