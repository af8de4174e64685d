"""Further given names, of families that general lists know too little."""

# Somali, Eritrean and Ethiopian, Kurdish, Afghan, Arabic, Albanian, Bangladeshi and Tamil, Roma, Chinese and
# Vietnamese, Caribbean and African; travellers' names; and short forms and nicknames of every kind
_GIVEN_TOO = """
aarthi abdiaziz abdikarim abdinasir abdiqani abdul abdulkadir abdullahi abdulwali abeba abiodun abosede aboud abraha
ackeem adaobi adebayo adelina adeola adetola adewale adiam adunni afolabi afsana agim agron ahd ahlam ahmadullah ahnaf
akachi akeem akhi akin akosua akua alaa alban albana albie albin alem alex alf alfi alia alisha aliya ally almaz altin
ama amadi amal amani amanullah amarildo ameen ameliarose amin amirul ammar anab anas andy angie anika anisa anjana
anthea anxhela aoibhe aoibheann aoife arafat arben archer ardian ardit ardo arif arjeta armend arta artan artem
arulini asadullah aseel ash ashikur asho ashraf aster avan avie awet aya ayaan ayaat ayah ayanle ayat ayo ayodele
ayomide azad aziz azizullah babatunde babs bahar bao baraa baraka baran barb bart bashar bashir batoul bawan bayan baz
bec becca beccy bereket berfin beritan berivan bernie besa besart besim besnik beth bev bex biddy bilan biniyam blerim
blerina blerta bob bohdan borys brad bradz bridie bronagh bujar bukky bukola bushra caasha cabdi cait caitriona cal
caolan cass cat cath caz chas chau chaz chesney chez chiamaka chiemeka chimamanda chinaza chinedu chinelo chinonso
chioma chiya chnar chukwudi ciaran cillian claudette cleo cleon col conchobhar cuong dacosta daithi dalal damarion
damilola dan dani dania daniat danni danno daramola dardan daryna davey dawit dax daz dazza deano dearbhla deb debs
dee deeqa dejuan delano delroy demarco denzel deon deqa dermot desreen desta diarmuid diep dilan dilnoza dilovan dima
diyar dmytro dolly donal donny dorina dougal drita dritan duaa duc dung dwain earl ebele ebuka eddie eden edona efe
efrem efua eimear ekene elira ells elodie elvana eman emmy enitan enkelejda eoin erion ermal ermias ermira errol esi
esmatullah esmeralda everton evin ewurama eyitayo ezmae faduma fadumo fahad fahim fahmida farah farhad farhana fariha
faris farjana fartun farzana fatin fatmir fatos fatuma fawzia fayez femi fereshta fergal fergus ferhat feven fiadh
filsan firas fitsum fitzroy flamur fliss flo florica flutura folake fowsia frankiemae freshta freweyni freya funke
gabby garfield gaz gazza geo georgi gezim ghaith ghazal ghirmay ghulam gia giang girmay gowri gracelyn gracey grainne
granit gulalai gulan guled gus habiba habibat habibullah habibur hadeel hafso haidar haitham hal halimo halyna hamdi
hamidullah hanan hani hanin hasina hawre heba heja hekmatullah helin hels hemin hermon hibaq hibo hieu hind hisham
hiwa hoa hoang hodan hodo hoodo huong hussam huxley huy hyacinth ibby ibtisam idil ifeanyi ifeanyichukwu ifrah ihor
ihsanullah ike ikenna ikran ilhan ilir iman immy inamullah inas ionela iryna ishmael ishrat isioma ismahan israa issa
ivo iyabo izzie izzy jada jahanara jaheem jaheim jahiem jahmai jahmal jahmar jahzara jaice jakey jamac jameson jana
jannatul jase javid jawaahir jawad jax jaxx jaycee jaydan jayke jayla jaylah jem jen jenn jetmir jeton jevaughn jez
jiahao jiayi jide jimbo jodi johnjo johno jojo jonno jonny jood jools josey joss juman junior junjie jwan kaci kacie
kadian kady kaia kailey kaine kairo kaiwen kajal kajan kalvin kam karam kareem karwan kassidy kastriot kateryna
kathlene kavitha kawa kaylah kaylum kaz keanu keaton keelan keelin keely keerthana kehinde kel kelechi kemar kemi
kenzi keshawn kez kezia kezza khadiza khadra khaled khaleda khalilullah khanh kibrom kidane kimani kimmy kimora kinda
klajdi klea klevis kobe koby kody kofi korey kreshnik kristy ksenia kudzai kujtim kunle kyan kye kyla kylan kyree
kyrone laceymae ladan laila lainey lakeesha lamar lamis lan lana laney larysa lashawn latifa layla laylah leen leena
lerato leroi lesia lex lexus lexy lia liban lilli lilymae linh liridon lirim liudmyla liv livvy lloyda loan long
lorcan lottie lou loz lozza luan lubna lujain lule luul luwam lyn lyndon lyudmyla maame macey maci maddi maddy maebh
mahbooba maher mahfuz mahmuda mai mairead maisey majd majeda maksym malak malalai maliha malik manal mandla manny
marinela marlene marva maryan marykate masum mathusha mattie mayar maysa maysoon mazie meabh mebrahtu meg mehari mei
meiling mel merhawi merita merlene meron mfon mia-rose mihret mikey mikeyjoe milena mils mimoza mina minara minh mira
mirela mirwais mitch moaz mohamud mohanad monir morsheda mouna moyo muireann mukhtar mumina muna munir mursal muse
mushfiq mustapha mwangi mykola mykyta nabila nadiia nadim nafis nafisa nahid nahla naima najib najibullah najma najwa
nalin nana nargis nasima nasra nasratullah nasrin nat nataliia nate nath natnael naveed nazdar nazma nazmul ndidi
ndricim nergiz nertila nev neveah neville newroz ngan ngoc nhi nhung nian nic nige nik nikita nilani nilofar nilufar
nimco niroshan nivetha nkechi nkem nkiruka nnamdi nneka noa nollaig nomsa noorullah nour noura nthabiseng nuala nusrat
nuur nyasha nyesha nyla obaida obinna odai oksana olabisi olamide oleh oleksandr oleksii olena olha oli olly ololade
olu oluchi olufemi olumide oluwatobi omaima omari omer oneil onyeka oonagh opeyemi oreoluwa orlando osama osob ozzy
paddyjoe padraic pam panashe parvin parwana parwiz patrice patsy payam peshawa peyton phuong piranavan porscha porsha
princess priyanka proinsias qais qamar qendrim quan quang qusai quyen quynh rab rabeya rach raekwon raff rafif raghad
rahaf raheem rahel rahela rahima rahmatullah rajia rajkumar ralphie rama ramez rana rand raneem rasel rasha rasheda
rasheed rashida rawa rawan rayyan rebaz rebin rebwar reg reggie reham rehana renas rezan rezaul rhi riad ridwan rifat
riley-jo rim rimas rinor ripon rob robbo robel roble rocky rohat rohullah roisin rojan rojda rojin rokeya romy ronahi
ronnie roo ros rosco roshane roxie roxy roya roz rozerin rua ruairi rubel rubie rudo rufaro ruhul ruksana rukshana
rumana rupa ruqaya ruqayya rushane ruslan russ ruta ruvimbo ruzena sabiha sadaf sade sadia sadiya saeed safwan sagal
sahal sahar saif saiful sajeda sakar sal salem salma salman saman samatar samer sami samiha samiullah sammi samrawit
sana sanjeevan saorlaith sara sathya segun selam selina senay senayt serdar serhii shabnam shafiqullah shahana shahd
shahed shahida shahin shaima shakib shamim shamima shanelle shanequa shania shanice shanny shantae shaquille shardae
sharmin shathi shauny shavonne shay shayan shaz shazza shel shenelle sherece shereen sherona sheuli shev shevon shilan
shirin shivan shkelqim shler shohag shola shpresa shqipe shukri shukria shwan si sibusiso siddiq sidra simbarashe
simret siobhain sipho sirwan siu sivakumar sizwe sofiia sohaila sokol solomiia soph soran soraya sorcha spence spogmai
stedroy steph stevo stu sucdi sue sufia suganthi suha suhaib suhayb suhel sulaiman sultana sumaiya sumaya suzan suze
svetlana svitlana syd tadhg tafadzwa tafari taha tahmid tahmina taiwo taj tajay takudzwa talal talia tamana tamara
tamia tanaka tanika tanjila tanvir tanya tanzila tapiwa tara taras tariro tarrell tash tasha tashan taslima tasnia
tatenda tawanda tayla taylah taym tayshaun teagan teddie tegs teigan temidayo tendai teneisha terrell tesfalem tetiana
teuta thabo thandeka thandiwe thanh thao tharshan thembi thi thien thu thusha thuy tia-mae tianne tiarna tiegan tien
tiff tigist tilda tinashe tinotenda tish titilayo tobi toirealach tolu tomiwa tommo tope tori torin towhid toyin
tremaine trinh tsega tsegay tsitsi tunde tuqa tuyet tyla tyler-jay tyrece tyreke tyriq tyrique ubah uche uchenna ugo
unathi vaishnavi valbona valentyna valmir valon vasyl vicki viktoriia vin vinh viorica vitalii vithusha viv vjosa
vladyslav volodymyr wael wafa wahida wai wais walid wanjiru warsan warzan wassim wenjing wes winsome winstone winta
woz wyn xanthia xhesika xhevahire xiaoming xinyi xiuying yahye yalda yalini yaman yamen yan yana yared yaroslav
yasmeen yating yaw yazid yeasin yee yetunde yeva yevhen yifan yihan yiming yixuan ylli yodit yonatan yong yordanos
yosief yousif youssef yuhan yulia yuliia yurii yusra yutong zabi zabihullah zabiullah zachy zaher zainullah zaire
zakaria zakariya zakia zakir zamzam zana zanele zara-mae zarghuna zay zdenka zdenko zeina zeke zelda zeray zerin
zeynab zhanna zhihao zia ziaullah ziggy zihan zilan zion ziyad ziyi zlata zola zozan
"""
# Words or places too, or too short to stand for a name with a small letter
_ALSO_WORDS = """
ace alba alem alex alf ally ama amal ammar andy angie anthea archer ash asho aster autumn bahar bao baraka baran barb
bart bayan bea bear blessing bob brad brooklyn cal cass cat cath chance charity chas col comfort dan dee desta dima
dolly dom dot dua duc duke dung earl eddie eden efe everton evin fay fin fitsum flo garfield geo gift godwin goodluck
hal hani harlow hind hoa huxley huy hyacinth innocent issa jameson jana junior justice kam kay kel king kye lan legend
len les lev lex long lou luan lule lyndon mai majd major manny marvellous meg mehari mel mils mimoza mina minh mira
miracle monday moyo muna nana nat nate ned neville nian ola orlando pat patience payam phoenix praise presley prince
princess purity quan rach rae raff rain rainbow rama rana rand rasel rasta reign rim river rob rocky ron roo ros rowan
royal rua russ ruta saint saman sana sara savannah serdar shay shler si sid sky sol spence star storm stu sue sultana
sunday taha talia tam tanaka tara tay thi thu tien treasure trinh ubah uche ugo val vic vinh viv wafa wai wais wes
winsome winter wren yan yee yong zaire zana zay zion zola
"""
GIVEN_TOO = frozenset(_GIVEN_TOO.split()) - frozenset(_ALSO_WORDS.split())
ALSO_GIVEN = frozenset(_ALSO_WORDS.split())
