"""Further given names, of families that general lists know too little."""

# Somali, Eritrean and Ethiopian, Kurdish, Afghan, Arabic, Albanian, Bangladeshi and Tamil, Roma, Chinese and
# Vietnamese, Caribbean and African; travellers' names; and short forms and nicknames of every kind
_GIVEN_TOO = """
abdiaziz abdikarim abdinasir abdiqani abdullahi abdulkadir ahlam amal amin anab anisa ardo asho ayaan ayanle bashir
bilan cabdi caasha deeqa deqa faduma fadumo farah fartun fatuma fawzia filsan fowsia guled habiba hafso halimo hamdi
hani hibaq hibo hodan hodo hoodo idil ifrah ikran ilhan iman ismahan jamac jawaahir khadra ladan layla liban luul maryan
mohamud mukhtar muna muse najma naima nasra nimco nuur osob qamar ridwan roble sagal sahal samatar shamso shukri sucdi
sumaya suhayb ubah warsan yahye yasmeen yusra zakaria zamzam zeynab abeba abraha adiam alem almaz aster awet bereket
biniyam daniat dawit desta efrem ermias eden feven fitsum freweyni ghirmay girmay hanan hermon kibrom kidane luwam mehari
merhawi mebrahtu meron mihret milena natnael nazareth rahel robel ruta samrawit selam senay senayt simret tesfalem tigist
tsega tsegay winta yared yodit yonatan yordanos yosief zeray avan azad baran berfin berivan bahar bawan bayan beritan
chiya chnar dilan dilnoza dilovan diyar evin farhad ferhat gulan hawre heja helin hemin hiwa jwan kajal karwan kawa
kurdistan lana nalin nazdar nergiz newroz nian payam peshawa rebaz rebwar rebin renas rezan rohat rojan rojda rojin
ronahi rozerin sakar saman sara serdar shilan shirin shivan shler shwan sirwan soran tara warzan zana zerin zilan zozan
abdul abdulwali ahmadullah amanullah asadullah aziz azizullah esmatullah farzana fereshta freshta ghulam gulalai
habibullah hamidullah hekmatullah ihsanullah inamullah javid khalilullah laila latifa mahbooba malalai mina mirwais
mursal najib najibullah nargis nasratullah naveed nilofar nilufar noorullah parwana parwiz qais rahmatullah rohullah
roya sadaf sahar samiullah shabnam shafiqullah shakib shukria siddiq sohaila soraya spogmai tamana wahida wais yalda
zabi zabihullah zabiullah zainullah zakia zarghuna ziaullah aboud ahd alaa alia aliya amani ameen ammar anas aseel ashraf
ayah aya batoul baraa bashar dalal dania dima duaa eman fahad faris fatin fayez firas ghaith ghazal hadeel haidar haitham
hanin heba hind hisham hussam ibtisam inas israa issa jana jawad jood juman kareem karam khaled kinda lamar lamis leen
leena lubna lujain maher mai majd malak manal maysa maysoon mayar mira mohanad moaz mouna munir mustapha nadim nahla
najwa nour noura obaida odai omaima omer osama qusai rafif raghad rahaf rama ramez rana rand raneem rasha rawan rawa
rayyan reham rim rimas ruqaya ruqayya saeed safwan saif salem sami samer sana shahd shaima sham sidra suha suhaib suzan
taha talal talia taym tuqa wafa wael walid wassim yaman yamen yazid youssef yousif zaher zakariya zeina ziyad adelina
agim agron albana albin alban altin amarildo anxhela arben ardian ardit arjeta armend arta artan besa besart besim besnik
blerim blerina blerta bujar dardan dorina dritan drita edona elira elvana enkelejda ermal erion ermira fatmir fatos
flamur flutura gezim granit ilir jetmir jeton kastriot klajdi klea klevis kreshnik kujtim lirim liridon luan lule merita
mirela mimoza ndricim nertila qendrim rinor shpresa shqipe shkelqim sokol teuta valbona valmir valon vjosa xhesika
xhevahire ylli afsana ahnaf akhi amirul anika arafat arif ashikur ayaat bushra fahim fahmida farhana fariha farjana habibur
hasina ishrat jahanara jannatul khadiza khaleda mahfuz mahmuda majeda maliha masum minara monir morsheda mumina
mushfiq nabila nafis nafisa nahid nargis nasima nasrin nazma nazmul nusrat parvin rabeya rahela rahima rajia rashida
rasel rehana rezaul riad rifat ripon rokeya rubel ruhul rukshana rumana ruksana sabiha sadia sadiya saiful sajeda salma
salman samiha selina shahana shahed shahida shahin shamim shamima shathi sharmin sheuli shirin shohag sufia suhel sultana
sumaiya tahmid tahmina tanjila tanvir tanzila taslima tasnia towhid yeasin zakir aarthi anjana arulini gowri kavitha
keerthana kajan mathusha nilani niroshan nivetha piranavan priyanka rajkumar sanjeevan sathya sivakumar suganthi
tharshan thusha vaishnavi vithusha yalini esmeralda florica ionela marinela rupa ruzena viorica zdenka zdenko bao chau
cuong diep dung duc giang hieu hoa hoang huong huy jiahao jiayi junjie kaiwen khanh lan linh long loan mei meiling minh
ngan ngoc nhi nhung phuong quan quang quynh quyen siu thao thanh thi thien thu thuy tien trinh tuyet vinh wai wenjing
xiaoming xinyi xiuying yan yating yee yifan yihan yiming yixuan yong yuhan yutong zhihao ziyi zihan ackeem akeem alisha
anthea claudette cleon dacosta damarion dejuan delano delroy demarco denzel deon desreen dwain earl errol everton
fitzroy garfield hyacinth ishmael jahmal jahmar jahmai jaheim jahiem jaheem jahzara jevaughn junior kadian kemar keshawn
kimani kimora kyrone lashawn leroi lakeesha lloyda malik marlene marva merlene neville nyesha nyla omari orlando oneil
patrice raekwon raheem rasheda rasheed roshane rushane shantae shanelle shanequa shanice shaquille shardae shavonne
shenelle shereen sherece shevon stedroy sherona tafari tajay tamara tamia tanika tanya tarrell tashan tayshaun teneisha
terrell tremaine tyrece tyreke tyrique tyriq winsome winstone zion zaire abiodun abosede adaobi adebayo adeola adetola
adewale adunni afolabi akachi akin akosua akua ama amadi ayo ayodele ayomide babatunde baraka bukola chiamaka chiemeka
chimamanda chinaza chinedu chinelo chinonso chioma chukwudi damilola daramola ebele ebuka efe efua ekene enitan esi
ewurama eyitayo femi folake funke habibat ifeanyi ifeanyichukwu ikenna isioma iyabo jide kelechi kemi kehinde kofi kunle
kudzai lerato mandla maame mfon moyo mwangi nana ndidi nkechi nkem nkiruka nnamdi nneka nomsa nthabiseng nyasha obinna
olabisi olamide ololade olu oluchi olufemi olumide oluwatobi onyeka opeyemi oreoluwa panashe rudo rufaro ruvimbo sade
segun sena shola sibusiso simbarashe sipho sizwe taiwo tafadzwa takudzwa tanaka tapiwa tariro tawanda tatenda temidayo
tendai thabo thandeka thandiwe thembi tinashe tinotenda titilayo tobi tolu tomiwa tope toyin tsitsi tunde uche uchenna
ugo unathi wanjiru yaw yetunde zanele zola bernie biddy bridie cait caolan ciaran conchobhar daithi dearbhla eimear
fiadh jimbo johnjo kathlene marykate mikeyjoe paddyjoe patsy tadhg toirealach alf alfi archer albie alex ally ameliarose
andy angie ash avie babs barb bart baz becca bec beccy beth bev bex bob brad cal cass cat cath caz chas chaz chesney
chez cleo col dan dani danni danno daz deano deb debs dee dolly donny dougal eddie ells elodie emmy ezmae fliss flo
frankiemae freya gabby gaz geo georgi gracey gracelyn hal hels huxley immy ibby izzy izzie jacks jada jaice jakey jameson
jase jax jaxx jaycee jaydan jayke jayla jaylah jen jenn jez jodi johno jojo jools josey kaci kacie kady kaia kailey kaine
kalvin kam kassidy kaylah kaylum kaz keanu keaton kel keelan keely kenzi kezia kimmy kobe kody koby korey kristy kyan
kye kylan kyla kyree laceymae lainey laney laylah lex lexy lexus lilli lilymae liv livvy loz lottie lou louey lyndon
maci macey maddi maddy maisey manny mattie mazie meg mel mia-rose mikey mils mitch nat nate nath neveah nige nikita nix
nyla olly ozzy peyton porsha porscha princess raff ralphie rach reggie rhi riley-jo rob rocky ronnie romy roo ros rosco
roxie roxy rubie russ sammi sal shaz shania shanny shay shayan shev shel shell si soph spence steph stevo stu sue suze
tash tasha tayla taylah teagan teddie tegs teigan ter tiegan tiff tilda tia-mae tiarna tianne tish tom-tom toots tori
trace treacle tyla tyler-jay vicki viv wes will-i woz xanthia zachy zara-mae zay zeke ziggy bronagh zelda aoibhe
aoibheann aoife caitriona cillian diarmuid dermot donal eoin fergal fergus grainne keelin lorcan maebh mairead meabh
muireann nollaig nuala oonagh padraic proinsias roisin ruairi rua saorlaith siobhain sorcha torin artem bohdan borys
daryna dmytro halyna ihor iryna kateryna ksenia larysa lesia liudmyla lyudmyla maksym mykola mykyta nadiia nataliia
oksana oleh oleksandr oleksii olena olha ruslan serhii sofiia solomiia svetlana svitlana taras tetiana valentyna vasyl
viktoriia vitalii vladyslav volodymyr yana yaroslav yeva yevhen yulia yuliia yurii zhanna zlata
"""
# Some of these are words too, or are too short to stand for a name with a small letter
_TOO_SHORT_OR_WORD = """
ash earl eden hal hind junior long orlando princess rama rand rob ros si sena sham shell sue tara ter thi thu tien toots
trace treacle ugo lan duc bao hoa quan dung cat col dee dan lex manny mel meg nat nix pat ama alba alf archer bart bayan
bart bob cal cass cath chas dima efe evin flo hani issa jana kam kel kye lou lule luan mai majd mimoza mina minh mils
mira moyo muna nana nian nate payam rach rana rasel rasta raff rua rim roo rocky ruta russ saman sana sara sena serdar
shay shler stu talia taha trinh ubah uche viv wai wais wes yan yee zana zion zaire zay zola tanaka spence will-i rowan
garfield everton nazareth kurdistan huxley jameson presley aster desta alem amal neville lyndon winsome hyacinth anthea
dolly baraka sultana ally angie andy brad chance prince justice king storm river rain sky bear duke major winter autumn star rainbow
miracle praise gift goodluck godwin treasure blessing comfort patience charity purity innocent sunday monday marvellous
royal reign saint legend ace phoenix dallas london brooklyn milan memphis cairo asia kenya cuba savannah eddie barb ammar mehari alex huy yong vinh wafa asho bahar fitsum baran geo
"""
GIVEN_TOO = frozenset(_GIVEN_TOO.split()) - frozenset(_TOO_SHORT_OR_WORD.split())
ALSO_GIVEN = frozenset(_TOO_SHORT_OR_WORD.split())
