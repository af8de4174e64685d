"""Words that a dictionary of English lacks and that are nobody's name: of the work, and of messages typed in a hurry."""

_USUAL = """
abt afaik ain aint alot alright apols appt appts arent asap asd asye atm aswell b4 bame bc becos bit bday bbc bloke blokes
brb btw cafcass camhs cant canva chatgpt cin claire's clla cllr cls cme coz cos couldnt covid cpd cpp cse cscs csa cypmhs
dad dads da dbs defo  dfe didnt docx dont dosnt doesnt dunno dv dva ehcp ehcps ehm ehe email emails eta etc
eupd excel facebook fgc fgcs fgdm fgm fr fv fyi gcp gcse gcses gdpr gf girlfriend gonna google gotta govt gp gps hadnt
hasnt hav havent havnt healthcare hes hiya hows hv hvs ics idk idva im imho info innit instagram inset iro iros isnt its
itll ive kinda kiddos kik kooth lac lads lado lass lcs leaflet legalese letterbox lgbtq liquidlogic logic lol mam
mams mappa marac mash matey meds mh mi missus mockingbird mosaic msg msgs mums mum mummy mustnt nan nana nanna nans neet
nhs nnd nqsw nqsws nspcc nvm nvr nwd ofsted okay omg onedrive online outlook owt nowt summat paye pcp pdf pdfs
perp perps phd plo pls plz pmld powerpoint ppt pru prus psw psws pt qa rai rasso recs ref rehab roadmap rota rsl sats
safeguarding safegaurding sco scie scr scrs sdq sec semh sen senco sencos send sgo sgos sharepoint shes shouldnt
snapchat snr socs sow ssw sws sw tac taf tafs tbc tbf tbh teamteach thats thatll theyll theyre theyve theyd tho tht thx
tiktok tis tls toolkit toolkits ty u uasc ur urself vaping vid wasnt webinar webinars wellbeing wanna werent whats whens
wheres whos whatsapp wk wks wont wouldnt wud wwcsc xmas xx xxx yall ya yep yeh yr yrs yo youd youll youre youtube
youve yots yot yjs yp yps zoom abit anymore anyones everyones someones nobodys whoevers childs familys parents kids dads
boyfriend boyfriends stepdad stepmum stepdads stepmums grandad grandads granddad gran grans nanny nannys auntie aunty
carers carer caseload caseloads casework ayeeyo abuelo abuela nani dadi dada baba amma ammi abbu appa yiayia busia babcia
bronfenbrenner bowlby ainsworth featherstone ruch turnell edwards munro laming forrester trowler macalister
lil lils baby babies lady infant comms bro sis fella hubby missus barnardo barnardos homestart tavistock mencap childline coram
gingerbread barnahus kiddo gogo mimi north south east west bedford bristol camden carlisle dudley harlow kendal merton
stafford warwick clifton kingston ripon justice forum summat takeaways takeaway handout handouts screenshot screenshots
signposting timeline timelines ecomap ecomaps genogram genograms checklist checklists flowchart onboarding upskill
barnet barnsley basildon bexley blackburn blackpool bolton bournemouth bracknell brent brighton bromley buckingham burnley
calderdale chesterfield colchester corby cornwall coventry crawley croydon cumbria darlington dartford doncaster dorset
ealing enfield exeter gateshead gloucester greenwich hackney halifax haringey harrow hartlepool hastings havering hereford
hertford hillingdon hounslow huddersfield islington kirklees knowsley lambeth leicester lewisham liverpool luton maidstone
manchester newark newham northampton norwich nottingham oldham plymouth portsmouth redbridge redditch rochdale rotherham
rutland salford sandwell scarborough sefton selby sheffield shropshire skipton slough solihull somerset southampton
southend stockport stockton sunderland surrey sussex swindon tameside telford thurrock torbay trafford truro wakefield
walsall warrington wigan windsor wirral wokingham woking wolverhampton worthing wrexham dereham allerdale harrogate malton
northallerton thirsk whitby cheshire cambridgeshire hertfordshire lancashire warwickshire derbyshire
"""
USUAL = frozenset(_USUAL.split())
