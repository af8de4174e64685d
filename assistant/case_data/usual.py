"""Words that a dictionary of English lacks and that are nobody's name: of the work, of places, of hurried messages."""

_USUAL = """
abbu abit abt abuela abuelo afaik ain ainsworth aint allerdale alot alright amma ammi anymore anyones apols appa appt
appts arent asap asd aswell asye atm auntie aunty ayeeyo b4 baba babcia babies baby bame barnahus barnardo barnardos
barnet barnsley basildon bbc bc bday becos bedford bexley bit blackburn blackpool bloke blokes bolton bournemouth
bowlby boyfriend boyfriends bracknell brb brent brighton bristol bro bromley bronfenbrenner btw buckingham burnley
busia cafcass calderdale cambridgeshire camden camhs cant canva carer carers carlisle caseload caseloads casework
chatgpt checklist checklists cheshire chesterfield childline childs cin clifton cllr colchester comms coram corby
cornwall cos couldnt coventry covid coz cpd cpp crawley croydon csa cscs cse cumbria cypmhs da dad dada dadi dads
darlington dartford dbs defo derbyshire dereham dfe didnt docx doesnt doi doncaster dont dorset dosnt dudley dunno dv
dva ealing east ecomap ecomaps ehcp ehcps ehe ehm email emails enfield eta etc everyones excel exeter facebook familys
featherstone fella fgc fgcs fgdm fgm flowchart forrester forum fr fv fyi gateshead gcp gcse gcses gdpr genogram
genograms gf gingerbread girlfriend gloucester gogo gonna google gotta govt gp gps gran grandad grandads granddad
grans greenwich hackney hadnt halifax handout handouts haringey harlow harrogate harrow hartlepool hasnt hastings hav
havent havering havnt healthcare hereford hertford hertfordshire hes hillingdon hiya homestart hounslow hows hubby
huddersfield hv hvs ics idk idva im imho infant info innit inset instagram iro iros isbn islington isnt issn itll its
ive justice kendal kiddo kiddos kids kik kinda kingston kirklees knowsley kooth lac lado lads lady lambeth laming
lancashire lass lcs leaflet legalese leicester letterbox lewisham lgbtq lil lils liquidlogic liverpool logic lol luton
macalister maidstone malton mam mams manchester mappa marac mash matey meds mencap merton mh mi mimi missus
mockingbird mosaic msg msgs mum mummy mums munro mustnt nan nana nani nanny nannys nans neet newark newham nhs nnd
nobodys north northallerton northampton norwich nottingham nowt nqsw nqsws nspcc nvm nvr nwd ofsted okay oldham omg
onboarding onedrive online outlook owt parents paye pcp pdf pdfs perp perps phd phq plo pls plymouth plz pmld
portsmouth powerpoint ppt pru prus psw psws pt qa rai rasso recs redbridge redditch ref rehab ripon roadmap rochdale
rota rotherham rsl ruch rutland safegaurding safeguarding salford sandwell sats scarborough scie sco scr screenshot
screenshots scrs sdq sec sefton selby semh sen senco sencos send sgo sgos sharepoint sheffield shes shouldnt
shropshire signposting sis skipton slough snapchat snr socs solihull someones somerset south southampton southend sow
ssw stafford stepdad stepdads stepmum stepmums stockport stockton summat sunderland surrey sussex sw swindon sws tac
taf tafs takeaway takeaways tameside tavistock tbc tbf tbh teamteach telford thatll thats theyd theyll theyre theyve
thirsk tho tht thurrock thx tiktok timeline timelines tis tls toolkit toolkits torbay trafford trowler truro turnell
ty u uasc upskill ur urself vaping vid wakefield walsall wanna warrington warwick warwickshire wasnt webinar webinars
wellbeing werent west whats whatsapp whens wheres whitby whoevers whos wigan windsor wirral wk wks woking wokingham
wolverhampton wont worthing wouldnt wrexham wud wwcsc xmas xx xxx ya yall yeh yep yiayia yjs yo yot yots youd youll
youre youtube youve yp yps yr yrs zoom
"""
USUAL = frozenset(_USUAL.split())
