package names

import (
	"strings"
	"unicode"
)

// chosen maps every known spelling to the one that is indexed; fromArabic holds
// the chosen spellings that have an Arabic form. Both are read from
// spellingTable once and never changed.
var chosen, fromArabic = readSpellings(spellingTable)

func readSpellings(table string) (map[string]string, map[string]bool) {
	byWord, arabic := map[string]string{}, map[string]bool{}
	for line := range strings.Lines(table) {
		list := strings.Fields(line)
		for _, w := range list {
			w = Normalise(w)
			if unicode.Is(unicode.Arabic, []rune(w)[0]) {
				arabic[list[0]] = true
			}
			byWord[w] = list[0]
		}
	}
	return byWord, arabic
}

// spellingTable: the chosen spelling first, then the others in plain Latin
// letters and in Arabic script. Cyrillic comes here through its transliteration.
// A spelling stands in one line only. Names that one person uses in turn but
// that are names of their own (Mamadou, Fatou) are not put together.
const spellingTable = `
muhammad mohammed mohamed mohammad muhammed mohamad muhamad muhamed mohamud mohamoud maxamed mehmet mehmed magomed mukhammad mohd محمد
ahmad ahmed achmed achmad akhmed axmed ahmet ehmed احمد
ahmadu amadou ahmadou amadu ahamadou
mahmud mahmoud mahmood mehmud mahmut makhmud محمود
hamid hameed hamed hamidou khamid حميد حامد
ali aly alee علي
hasan hassan hasen khasan xasan حسن
husayn hussein hussain husain husein hossein hossain hussien huseyin husen khusein xuseen houssein houcine حسين
umar omar omer oumar ummar عمر
uthman osman othman usman ousmane ousman osmane cusmaan عثمان
abubakr abubakar aboubacar aboubakar abubaker aboubakr abobakr boubacar bubakar ابوبكر
bakr bakar bacar baker بكر
abdullah abdallah abdulla abdalla abdoulaye abdullahi abdulahi abdullahii abdellah cabdullahi عبدالله
abd abdul abdel abdal abdoul abdur abder عبد
rahman rahmane rehman raxmaan rakhman رحمن رحمان
rahim raheem rahime rakhim رحيم
karim kareem kerim karime كريم
aziz azeez azize عزيز
qadir qader kader kadir quadir kadar قادر
latif lateef latief لطيف
malik malek maalik melik مالك
salam salaam selam سلام
hakim hakeem hekim حكيم
majid majeed majed mecit مجيد ماجد
rashid rasheed rachid rashed rasit reshid رشيد راشد
wahid waheed wahed ouahid واحد وحيد
ibrahim ebrahim ibrahima ibraheem ibragim ibrahem brahim ابراهيم
ismail ismael ismaeel ismayil ismaila esmail smail اسماعيل
ishaq isaac ishak isak ishaaq اسحاق
yusuf youssef yousef yusef yousuf yousif youssouf yusif yussuf youcef jusuf iusuf يوسف
yaqub yakub yacoub yaqoob yakup yaqoub يعقوب
musa moussa mousa muse موسي
isa issa eissa cise عيسي
dawud daud dawood daoud davud davut داود داوود
sulayman suleiman sulaiman soliman suleyman souleymane sulaimon suleman solomon سليمان
nuh nooh nouh نوح
yunus younes younis yunis yones يونس
yahya yahia yehia jahja يحيي
zakariya zakaria zakariyya zekeriya zakarya zechariah زكريا
idris idriss driss edris idrees ادريس
jamal gamal jamaal cemal djamal jemal جمال
jamil jameel gamil cemil djamil جميل
jafar jaafar gafar cafer djafar jaffar جعفر
khalid khaled halid chalid kaled halit خالد
khalil khaleel halil khelil خليل
tariq tarek tarik tareq طارق
said saeed saed saiid sayeed saïd سعيد
sad saad سعد
salim saleem selim سليم سالم
salih saleh صالح
salah صلاح
samir sameer semir سمير
sami samy سامي
bilal bilel belal بلال
hamza hamzah hamze حمزه
jabir jaber gaber جابر
kamal kamel kemal كمال
mustafa mostafa moustafa moustapha mustapha mustafe مصطفي
murad mourad murat مراد
mansur mansour mansoor mansor منصور
marwan merwan marouane مروان
nasir naser nasser ناصر نصير
nur noor nour nuur نور
qasim kasim qassem kassem qasem gasim قاسم
rami ramy رامي
sharif sherif cherif shareef sheriff شريف
tahir taher tahar طاهر
walid waleed oualid وليد
wasim waseem wassim وسيم
yasin yassin yaseen yassine yasine ياسين
yasir yasser yaser ياسر
ziyad ziad zeyad زياد
zayd zaid zeid zayed زيد
adam adem aadam ادم
anas anass انس
amin ameen emin امين
amir ameer emir امير
ayman aymen aiman ايمن
ayyub ayoub ayub ايوب
fadil fadel fazil فاضل
faysal faisal feisal faycal فيصل
farid fareed ferid فريد
fuad fouad foad فواد
ghassan gassan غسان
habib habeeb habiib حبيب
haydar haider haidar حيدر
hisham hesham hicham هشام
imad emad عماد
jawad javad جواد
reza rida riza رضا
mahdi mehdi مهدي
mujahid mujahed مجاهد
maryam mariam meryem miriam maryan mariama مريم
fatima fatimah fatma fatemeh fatime fatema فاطمه
aisha aysha ayesha aicha aishah aishatu aysheh ayse caasha عايشه عيشه
khadija khadijah khadeja hadija kadija kadidja hatice khadidja khadeeja hadiza khadiija خديجه
zaynab zainab zeinab zeynep zenab zineb sainab زينب
amina aminah ameena emine aamina امينه
asma asmaa esma asmae اسماء
hawa hawwa havva حواء
halima halimah haleema halimo حليمه
hanan hanane حنان
huda houda hoda هدي
iman eman imane ايمان
jamila djamila cemile jameela جميله
layla leila laila leyla leyli lejla ليلي
latifa lateefa latifah لطيفه
nadia nadya nadiya nadja نادية ناديا
naima naimah نعيمه
nura noura نوره
nurah نورا
rabia rabiah ربيعه
rahma rahmah raxma رحمه
rana رنا
rania ranya raniya رانيا
rim reem rym ريم
ruqayya ruqayyah roukaya rukia rukiya ruqaya رقيه
safiya safia safiyya safiyah صفيه
salma selma سلمي
samira sameera semira سميره
sara sarah saara ساره
shaima shaimaa chaima شيماء
sumaya soumaya sumayya sumaiya سميه
yasmin yasmine yasmeen jasmin ياسمين
zahra zohra zahraa زهراء زهره
iqra ikra اقرا
inaam inam انعام
alexander aleksandr oleksandr alexandr aleksander oleksander olexandr alexandru aliaksandr
alexandra aleksandra oleksandra
alexei aleksei oleksii aleksey alexey oleksiy alexej oleksij aliaksei
andrei andrii andrey andriy andrej andrij
anastasia anastasiia anastasiya nastasia
anna hanna ganna hannah
artem artyom artiom
boris borys
daniil danylo danil danilo
daria darya dariia dariya
dmitri dmytro dmitry dmitriy dmitrii dmitrij dimitri dimitry
ekaterina kateryna yekaterina katerina jekaterina
elena olena yelena jelena ielena
evgeny yevhen yevgeny evgenii yevgeniy evgeniy ievgen yevhenii evhen evgenij ievhen
evgenia yevheniia yevgenia yevgeniya evgeniya ievgeniia evheniia
galina halyna galyna halina
grigory hryhorii grigori grigoriy hryhoriy
igor ihor
irina iryna
julia yulia iuliia yuliia yuliya iulia julija iuliya giulia
kirill kyrylo kiril
konstantin kostiantyn kostyantyn
ludmila liudmyla lyudmila lyudmyla liudmila ludmyla
maxim maksym maksim
christina khrystyna khristina kristina krystyna cristina
marina maryna
mikhail mykhailo mihail mikhailo mykhaylo michail
natalia nataliia natalya nataliya natalja nathalia
nikita mykyta
nikolai mykola nikolay nikolaj mikola
oleg oleh
olga olha volha
pavel pavlo pawel
peter petro pyotr petr piotr
sergei serhii sergey serhiy sergej serhij sergii siarhei
svetlana svitlana swetlana
tatiana tetiana tatyana tetyana tatjana taciana
vasily vasyl vasiliy vasili vasilii
victor viktor wiktor
victoria viktoriia viktoriya viktoria wiktoria
vladimir volodymyr wladimir vladimer uladzimir
vladislav vladyslav wladyslaw
vyacheslav viacheslav wiaczeslaw
yaroslav iaroslav jaroslav jaroslaw
yuri yurii yuriy iurii jurij yury iuri
jose josee
`
