"""The words of a made-up co-op's wiki, projects and bodies."""

from __future__ import annotations

from sentences import split_lines, split_rows

THEMES = split_lines("""
Accueil
Métier
Outils
Vie de la coop
Argent
Droit
Communication
Formation
Lieux
Santé
Climat
Voisinage
""")

SUBJECTS = split_lines("""
Préparer un premier rendez-vous
Écrire un devis clair
Facturer sans oublier
Relancer sans se fâcher
Fixer son prix
Dire non
Tenir une réunion courte
Prendre des notes utiles
Ranger les fichiers communs
Partager un agenda
Accueillir une personne nouvelle
Partir quelques mois
Reprendre après une pause
Prêter du matériel
Organiser un atelier ouvert
Répondre à plusieurs
Parler de son métier
Photographier son travail
Choisir un statut
Lire un contrat
Protéger les données des autres
Voyager en train
Chauffer moins
Manger ensemble
Régler un désaccord
Demander de l'aide
Former un·e stagiaire
Compter ses heures
""")

SENTENCES = split_lines("""
Cette page dit ce que nous faisons d'habitude ; rien n'oblige à faire autrement, ni à faire pareil.
Commencez par le plus simple, et notez ce qui vous arrête : la page suivante en a besoin.
Deux personnes suffisent pour décider d'un essai ; il en faut trois pour le garder.
Ce qui n'est pas écrit se perd, ce qui est trop écrit ne se lit pas.
Une règle que personne ne peut expliquer est à revoir à la prochaine réunion.
Comptez une demi-journée la première fois, une heure ensuite.
Prévenez avant, pas après : les autres s'arrangent mieux qu'on ne croit.
L'exemple ci-dessous est inventé, les chiffres aussi.
Gardez une copie de ce que vous envoyez, avec la date.
Les habitudes de chaque antenne diffèrent ; demandez à qui était là avant vous.
""")

TASKS = split_lines("""
prévenir les personnes concernées
relire à voix haute
fixer une date de fin
noter qui s'en occupe
prévoir une solution de repli
remercier
mettre la page à jour
demander un second avis
""")

QUESTIONS = split_rows("""
Et si personne ne répond ? | Attendez trois jours, puis appelez. Un silence n'est pas un refus.
Qui paie ? | La personne qui décide, dans la limite du budget voté ; au-delà, le conseil.
Faut-il un écrit ? | Oui, même deux lignes, et ~~avant~~ au plus tard le jour même.
Peut-on revenir en arrière ? | Presque toujours, si l'on s'en aperçoit dans le mois.
Où trouver un modèle ? | Dans le dossier partagé, sous `modeles/`, rangé par année.
""")

PROJECTS = split_rows("""
L'atelier partagé {of} | The shared workshop in {city} | space
La fête des métiers {of} | The crafts fair in {city} | project
Le kiosque {of} | The {city} kiosk | brand
La caisse d'entraide {of} | The solidarity fund of {city} | common
Un site pour la médiathèque {of} | A website for {city}'s library | project
Le jardin commun {of} | The common garden in {city} | common
""")

ROLES = split_rows("""
Coordination | Coordination
Accueil | Welcome
Conception | Design
Textes | Texts
Comptes | Accounts
""")

BODIES = split_rows("""
assemblee-generale | Assemblée générale | General meeting | assembly
conseil-d-administration | Conseil d'administration | Board of directors | board
cercle-accueil | Cercle accueil | Welcome circle | committee
referentes-ecoute | Référent·es écoute | Listening officers | support_team
""")

OFFICE_NAMES = {
    "nantes": ("Nantes", "FR"),
    "rennes": ("Rennes", "FR"),
    "montreal": ("Montréal", "CA"),
}

SITUATIONS = split_rows("""
cape | Entrepreneur·e à l'essai (CAPE) | Trial entrepreneur (CAPE contract)
cesa | Entrepreneur·e salarié·e (CESA) | Salaried entrepreneur (CESA contract)
salarie | Salarié·e de l'équipe d'appui | Employee of the support team
independante | Indépendant·e associé·e | Self-employed member
partenaire | Structure associée | Member organisation
""")

CATEGORIES = split_rows("""
salarie | Associé·e salarié·e | Worker member
exterieur | Associé·e extérieur·e | Non-worker member
""")

COLLEGES = split_rows("""
entrepreneurs | Entrepreneur·es | Entrepreneurs
partenaires | Partenaires | Partners
""")

CAPE = (
    "Bénéficie d'un contrat d'appui au projet d'entreprise (CAPE) avec {coop}, siège : "
    "{seat}, numéro d'identification {number}. "
    "Le contrat prend fin le {until}.",
    "Supported under a business project support contract (CAPE) by {coop}, registered office: "
    "{seat}, identification number {number}. "
    "The contract ends on {until}.",
)

NOTICE = (
    "Exemple : cette coopérative, ses membres et ses clients sont imaginaires ; un programme "
    "les a inventés pour mesurer l'outil Coopbook.",
    "Example: this co-op, its members and its clients are fictional; a program made them up "
    "to measure the Coopbook tool.",
)

ABOUT = (
    "**Les Mille Métiers** n'existent pas. Cette coopérative a été inventée par un programme, "
    "aussi grande qu'on l'a voulu.\n\n"
    "## Ce que nous partageons\n\n- une comptabilité et une assurance ;\n- une équipe d'appui "
    ";\n- trois lieux : Nantes, Rennes et Montréal.\n",
    "**Les Mille Métiers** does not exist. A program made this co-op up, as large as was asked.\n\n"
    "## What we share\n\n- bookkeeping and insurance;\n- a support team;\n- three places: "
    "Nantes, Rennes and Montréal.\n",
)
