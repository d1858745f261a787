"""The words that a made-up co-op is written with. Names, firms and clients are invented; towns are
real, with their middle's coordinates.

Each block of text holds one entry a line; a bar separates the parts of an entry, French first, then
English.
"""

from __future__ import annotations


def split_names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def split_lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines())


def split_rows(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(part.strip() for part in line.split("|")) for line in split_lines(text))


GIVEN = split_names("""
Adèle Agathe Aïcha Alban Alice Alix Aline Amadou Amel Amina Anatole André Anouk Antoine Ariane Arthur Assia Astrid Aurélie Awa Baptiste
Basile Bénédicte Benoît Bérénice Bintou Blaise Camille Capucine Carole Cécile Céleste Charlotte Chloé Clarisse Clémence Clotilde Colin
Constance Coralie Cyprien Damien Daphné Delphine Denis Diane Driss Édith Élise Éloïse Émile Émilie Enzo Estelle Étienne Eugénie Fanny
Farid Fatou Félix Flavie Florent Françoise Gabin Gaëlle Gaspard Gauthier Ghislaine Gildas Grégoire Guilhem Hakim Hélène Henri Honorine
Hugo Idris Inès Irène Ismaël Jeanne Joëlle Joris Josselin Judith Jules Karim Katell Khadija Laure Léa Lénaïg Léonie Lilian Linh Loïc
Lorraine Louise Lucien Ludivine Maëlle Maïwenn Malik Manon Marceau Margaux Marius Mathilde Mehdi Mélanie Mireille Moussa Nadège Naïma
Nathan Nicolas Noémie Nolwenn Odile Olivier Omar Oriane Paulin Perrine Philippe Quentin Rachid Raphaël Régine Rémi Romane Rosalie Ruben
Sabine Salomé Samia Sébastien Solène Stéphane Suzanne Sylvain Tanguy Théo Thuy Tiphaine Ulysse Valentin Véronique Victoire Violette Wassim
Xavier Yaëlle Yann Yasmine Youssef Yvonne Zélie Zoé
""")

FAMILY = split_names("""
Abadie Abgrall Achard Adam Aguirre Aïssaoui Allard Amsellem Ancelin Andrieu Arnoux Astier Auberger Aubrac Audoin Autret Baillet Balland
Barbotin Barreau Bassetti Bastide Baudry Bayle Beaulieu Bédard Bélanger Belkacem Benhamou Bergeron Berthou Besnard Bilodeau Blanchet
Boisvert Boivin Bonnard Bordier Bouchet Boudreau Bourdais Bouvier Brassard Briand Brisson Brochard Buisson Cadiou Caillaud Calvez Camara
Cardinal Carpentier Cassagne Castaing Cazenave Chabert Chaillou Champion Chapelle Charbonnel Chassagne Chauvin Chevrier Clavel Cloutier
Colas Colin Combes Constant Coquelin Cormier Cossec Costa Coulibaly Courtois Cousin Crépeau Daguerre Dallaire Damiens Daubigny Delaunay
Delcourt Delmas Deniau Derrien Desrosiers Diabaté Diarra Dieng Dubreuil Duchêne Dufour Dumoulin Duval Elbaz Escoffier Espinosa Estève
Fabre Falaise Faucher Favreau Ferrand Fiset Flament Foucault Fournel Fraisse Gadbois Gagnon Galland Garrec Gaudin Gauvin Genest Ghali
Giraud Gosselin Goumy Granger Gravel Grenon Guégan Guérin Guilbaud Guillemot Haddou Hamelin Hardouin Hébert Hellec Hervieu Houde Huguet
Imbert Jacob Jaouen Jarry Joly Josse Jourdain Juteau Kaci Keita Kerbrat Kerleau Labbé Lacaze Lachance Laforge Lagarde Lallemand Lambert
Lamoureux Langlois Lapierre Larrieu Lasserre Latour Laurin Lavigne Lecomte Ledoux Lefranc Légaré Lemaire Lenormand Lépine Leroux Lesage
Letellier Levasseur Lhermitte Lorrain Loubet Lussier Maheu Maillard Malbec Mallet Marchal Marchand Marquis Marsan Masson Mauger Mazières
Ménard Mercier Messaoud Meunier Michaud Millet Monnier Montagne Morin Morvan Mouton Mullet Nadeau Navarre Nguyen Noiret Nogues Oger
Ollivier Ortega Ouellet Pasquier Paquette Pelletier Perrault Pichon Picard Plantier Poirier Poulain Prigent Provost Quéméner Quesnel
Rabouin Ravel Raymond Renault Ribeiro Ricard Rivière Robichaud Rocher Rousseau Roussel Sabatier Sagnard Salaün Santoni Sarrazin Saulnier
Savary Séguin Sénéchal Sicard Simonet Sissoko Soulier Tanguay Tardif Tavernier Tessier Texier Thibault Thouin Tissot Toussaint Traoré
Tremblet Trudel Vachon Vaillant Valade Vasseur Verdier Vernet Viau Vidal Vigneau Villeneuve Vincent Voisin Weber Yvon Zeller
""")

TOWNS = split_rows("""
Nantes | 44000 | FR | 47.22 | -1.55
Rezé | 44400 | FR | 47.18 | -1.55
Saint-Nazaire | 44600 | FR | 47.27 | -2.21
Clisson | 44190 | FR | 47.09 | -1.28
Ancenis | 44150 | FR | 47.37 | -1.18
Rennes | 35000 | FR | 48.11 | -1.68
Fougères | 35300 | FR | 48.35 | -1.20
Vitré | 35500 | FR | 48.12 | -1.21
Saint-Malo | 35400 | FR | 48.65 | -2.01
Redon | 35600 | FR | 47.65 | -2.08
Vannes | 56000 | FR | 47.66 | -2.76
Lorient | 56100 | FR | 47.75 | -3.37
Pontivy | 56300 | FR | 48.07 | -2.96
Quimper | 29000 | FR | 48.00 | -4.10
Brest | 29200 | FR | 48.39 | -4.49
Morlaix | 29600 | FR | 48.58 | -3.83
Saint-Brieuc | 22000 | FR | 48.51 | -2.77
Lannion | 22300 | FR | 48.73 | -3.46
Angers | 49000 | FR | 47.47 | -0.55
Cholet | 49300 | FR | 47.06 | -0.88
Saumur | 49400 | FR | 47.26 | -0.08
Laval | 53000 | FR | 48.07 | -0.77
Tours | 37000 | FR | 47.39 | 0.69
Poitiers | 86000 | FR | 46.58 | 0.34
Niort | 79000 | FR | 46.32 | -0.46
Rochefort | 17300 | FR | 45.94 | -0.96
Saintes | 17100 | FR | 45.74 | -0.63
Bordeaux | 33000 | FR | 44.84 | -0.58
Bayonne | 64100 | FR | 43.49 | -1.47
Toulouse | 31000 | FR | 43.60 | 1.44
Albi | 81000 | FR | 43.93 | 2.15
Montpellier | 34000 | FR | 43.61 | 3.88
Marseille | 13001 | FR | 43.30 | 5.37
Arles | 13200 | FR | 43.68 | 4.63
Toulon | 83000 | FR | 43.12 | 5.93
Valence | 26000 | FR | 44.93 | 4.89
Grenoble | 38000 | FR | 45.19 | 5.72
Lyon | 69001 | FR | 45.77 | 4.83
Saint-Étienne | 42000 | FR | 45.44 | 4.39
Clermont-Ferrand | 63000 | FR | 45.78 | 3.09
Limoges | 87000 | FR | 45.83 | 1.26
Dijon | 21000 | FR | 47.32 | 5.04
Besançon | 25000 | FR | 47.24 | 6.02
Strasbourg | 67000 | FR | 48.58 | 7.75
Nancy | 54000 | FR | 48.69 | 6.18
Reims | 51100 | FR | 49.26 | 4.03
Lille | 59000 | FR | 50.63 | 3.06
Amiens | 80000 | FR | 49.89 | 2.30
Rouen | 76000 | FR | 49.44 | 1.10
Caen | 14000 | FR | 49.18 | -0.37
Orléans | 45000 | FR | 47.90 | 1.91
Chartres | 28000 | FR | 48.45 | 1.49
Montreuil | 93100 | FR | 48.86 | 2.44
Paris | 75011 | FR | 48.86 | 2.38
Montréal | H2T 0A0 | CA | 45.52 | -73.58
Québec | G1K 0A0 | CA | 46.81 | -71.22
Sherbrooke | J1H 0A0 | CA | 45.40 | -71.89
Rimouski | G5L 0A0 | CA | 48.45 | -68.52
Bruxelles | 1000 | BE | 50.85 | 4.35
Namur | 5000 | BE | 50.47 | 4.87
""")

HEADLINES = split_rows("""
{Trade} à {city} et alentour | {Trade_en} in and around {city}
{Trade} pour les petites structures | {Trade_en} for small organisations
Je suis {trade}, et j'explique ce que je fais | {Trade_en} who explains what happens at each step
{Trade} : du sur-mesure, sans mauvaise surprise | {Trade_en}: made to measure, no nasty surprises
Depuis {years} ans {trade} à {city} | {Trade_en} in {city} for {years} years
{Trade}, seul·e ou en équipe | {Trade_en}, alone or in a team
Du travail soigné, livré à l'heure, à {city} | Careful work, delivered on time, in {city}
{Trade} auprès des associations et des communes | {Trade_en} for charities and local councils
""")

OPENINGS = split_rows("""
Je suis {trade} à {city} depuis {years} ans. J'ai appris le métier chez d'autres avant de me lancer. | I have worked in {city} for {years} years. I learnt the craft with others before going out on my own.
Arrivé·e à {city} il y a {years} ans, je travaille surtout pour des associations et de petites entreprises. | I came to {city} {years} years ago and work mostly for charities and small firms.
Après {years} ans de salariat, j'ai choisi de travailler à mon compte, mais **pas dans mon coin**. | After {years} years as an employee I chose to work for myself, but **not by myself**.
On m'appelle quand il faut quelqu'un qui écoute d'abord et propose ensuite. | People call me when they need somebody who listens first and proposes afterwards.
Mon travail commence par une visite : je viens, je regarde, je pose des questions. | My work begins with a visit: I come, I look, I ask questions.
Je partage mon temps entre {city} et le train, avec un carnet et **un seul sac**. | I share my time between {city} and the train, with a notebook and **a single bag**.
Le métier m'est venu par accident, il y a {years} ans, et je ne l'ai plus quitté. | I came to this craft by accident {years} years ago and never left it.
Je travaille lentement, et je finis à l'heure. Les deux ne s'opposent pas. | I work slowly and I finish on time. The two go together.
Petits budgets, lieux difficiles, délais tenus : voilà mon quotidien depuis {years} ans. | Small budgets, awkward places, deadlines kept: that has been my daily life for {years} years.
Ce que j'aime dans ce métier, ce sont *les gens pour qui on le fait*. | What I like in this craft is *the people it is for*.
""")

PARAGRAPHS = split_rows("""
Un devis tient en une page ; ce qui n'est pas compris y est écrit aussi clairement que le reste. | A quote fits on one page; what it leaves out is written as plainly as the rest.
Je préfère réparer que remplacer, et je le dis avant de commencer. | I would rather mend than replace, and I say so before I begin.
Chaque mission finit par une demi-heure ensemble : ce qui a marché, ce qui reste à faire, qui s'en occupe. | Each job ends with half an hour together: what worked, what is left, who does it.
Les matériaux viennent de la région quand c'est possible, et je garde les chutes pour les écoles. | Materials are local where they can be, and I keep the offcuts for schools.
Je réponds sous deux jours, même pour dire non, et je donne alors un autre nom. | I answer within two days, even to say no, and then I give another name.
Pour les projets plus grands, nous répondons à plusieurs : une seule personne à appeler, un seul contrat. | Larger projects we answer together: one person to call, one contract.
Mes clients sont souvent des mairies, des compagnies et des cabinets ; j'y ai appris à parler simplement. | My clients are often town halls, companies and practices, where I learnt to speak plainly.
Une formation courte vaut parfois mieux qu'une prestation longue : je vous le dirai. | A short course is sometimes better than a long job: I will tell you.
Je tiens à jour un cahier de chantier que vous pouvez lire à tout moment. | I keep a log of the work that you can read at any time.
Quand un délai ne me paraît pas tenable, je le dis le premier jour. | When a deadline cannot be kept, I say so on the first day.
J'accueille deux stagiaires par an, et je ne leur confie jamais le café. | I take two trainees a year, and never send them for coffee.
""")

POINTS = split_rows("""
un premier échange gratuit, d'une demi-heure | a first talk of half an hour, free
des tarifs affichés, les mêmes pour tout le monde | posted prices, the same for everybody
une attention à l'**accessibilité** | care for **accessibility**
un compte rendu après chaque étape | a report after each stage
des fichiers ouverts, qui restent à vous | open files, which stay yours
du matériel prêté quand vous voulez essayer | equipment on loan when you want to try
des déplacements en train ou à vélo | travel by train or bicycle
un mois pour changer d'avis | a month to change your mind
une garantie écrite, *courte et lisible* | a written guarantee, *short and readable*
des délais donnés en jours, pas en « bientôt » | deadlines in days, not in “soon”
une assurance professionnelle à jour | professional insurance, up to date
des horaires pensés pour les parents | hours that suit parents
""")

LINKS = split_rows("""
Je travaille volontiers avec {link}, dont le métier complète le mien. | I often work with {link}, whose craft completes mine.
Pour les chantiers à deux, {link} me rejoint. | For work that takes two, {link} joins me.
Si je ne suis pas libre, écrivez à {link}. | If I am not free, write to {link}.
C'est {link} qui m'a fait connaître la coopérative. | It was {link} who told me of the co-op.
""")

CLOSINGS = split_rows("""
Écrivez-moi quelques lignes ; on se rappelle dans la semaine. | Write me a few lines; we talk within the week.
Si vous hésitez, hésitons ensemble : le premier appel n'engage à rien. | If you hesitate, let us hesitate together: the first call commits you to nothing.
La coopérative facture, et moi je m'occupe de vous. | The co-op invoices, and I look after you.
Je ne travaille pas le mercredi, et je réponds le jeudi. | I do not work on Wednesdays, and I answer on Thursdays.
On peut aussi me croiser à l'antenne, le matin, près de la bouilloire. | You may also meet me at the office in the morning, near the kettle.
""")

OFFERS = split_rows("""
Une demi-journée pour y voir clair | Half a day to see more clearly | On pose le problème, on trie, vous repartez avec trois choses à faire. | We lay out the problem and sort it; you leave with three things to do. | half_day | 180 | 320
Une journée de {skill} chez vous | A day of {skill_en} at your place | Je viens avec le matériel ; vous gardez les notes. | I come with the equipment; you keep the notes. | day | 320 | 690
Un premier diagnostic en deux heures | A first diagnosis in two hours | Deux heures sur place ou à distance, et une page de conclusions. | Two hours on site or at a distance, and a page of conclusions. | hour | 45 | 90
Un accompagnement de trois mois | Three months at your side | Un rendez-vous par semaine, des objectifs écrits, un bilan à mi-parcours. | A meeting a week, written aims, a review halfway. | month | 240 | 780
Un atelier pour six personnes | A workshop for six people | On apprend en faisant ; la salle et le goûter sont compris. | We learn by doing; the room and the snack are included. | person | 35 | 140
Un projet clés en main : {skill} | A project from start to finish: {skill_en} | Du premier croquis à la livraison, avec deux étapes de relecture. | From the first sketch to delivery, with two rounds of review. | project | 900 | 4800
Une pièce unique, faite à la main | A single piece, made by hand | On choisit ensemble la matière, la taille et la date. | We choose the material, the size and the date together. | piece | 60 | 850
Du renfort pour une semaine | An extra hand for a week | Je rejoins votre équipe, avec mes outils et mes habitudes de travail. | I join your team, with my own tools and ways of working. | week | 1200 | 2900
Une relecture ou un second avis | A second opinion | Vous envoyez, je lis, on en parle une heure. | You send it, I read it, we talk for an hour. | hour | 50 | 95
Une journée de formation : {skill} | A day of training: {skill_en} | Huit personnes au plus, des exercices tirés de votre travail. | Eight people at most, exercises drawn from your own work. | day | 520 | 1100
""")

WANTS = split_rows("""
Cherche un local à partager | Looking for a shared workshop | Vingt mètres carrés suffisent, au rez-de-chaussée si possible.
Cherche un binôme pour répondre à un marché | Looking for a partner for a public tender | Réponse à rendre avant l'été ; on partage le travail et le prix.
Cherche du matériel d'occasion | Looking for second-hand equipment | En état de marche ou réparable ; je viens le chercher.
Cherche quelqu'un pour me remplacer en août | Looking for a stand-in in August | Trois clients fidèles, des consignes écrites, un mois payé.
""")

DELAYS = split_lines("""
Deux semaines après le devis signé
Dans le mois
Rendez-vous sous dix jours
Selon la saison ; comptez trois semaines
""")

AREAS = split_lines("""
{city} et son agglomération
{city}, et à distance
À moins d'une heure de {city} en train
Toute la région autour de {city}
Partout, si le train y va
""")

NOTES = split_lines("""
Libre deux jours par semaine jusqu'au printemps.
Complet jusqu'en janvier ; écrivez quand même.
Plutôt le matin.
De retour en mars, après un chantier au loin.
""")

CLIENTS = split_lines("""
Compagnie du Pas Perdu
Commune de Saint-Exemple
École des Trois Marées
Librairie La Page Blanche
Ferme du Bout du Champ
Festival Les Nuits Claires
Cabinet médical de la Place
Musée de la Brume
Épicerie Tout Près
Association Le Fil
Crèche Les Petits Galets
Maison de quartier du Port
""")

DONE = split_lines("""
Trois mois de travail, livrés en deux fois
Conception, réalisation et prise en main par l'équipe
Une saison entière, reconduite l'année suivante
Reprise d'un projet en panne, finie dans le budget
Six ateliers avec les habitant·es
""")

TOPICS = split_lines("""
le vote à distance
les outils partagés
les nouvelles et nouveaux
la salle de réunion
les notes de frais
les relations avec les écoles
le jardin de l'antenne
""")

CREDENTIALS = split_rows("""
certificate | Attestation de compétences, centre de formation de l'Exemple
diploma | Diplôme du métier, école de l'Exemple
training_number | Formation aux premiers secours
affiliation | Syndicat professionnel de l'Exemple
""")
