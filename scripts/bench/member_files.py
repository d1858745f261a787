"""The file of one made-up member."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import sentences as words

from members import DOMAIN, OFFICES, TODAY, Biography, Member, Plan, Value, draw_day, slug


class MemberFile:
    """Everything one member's file says, field after field in the order of the schema."""

    def __init__(self, plan: Plan, number: int) -> None:
        self.plan, self.who = plan, plan.member(number)
        self.rng: Random = plan.rng("file", number)
        self.town = self.rng.choice(words.TOWNS)
        self.trades = plan.trades.draw(self.rng, self.rng.choices((1, 2, 3), (55, 35, 10))[0])
        self.skills = plan.skills.draw(self.rng, self.rng.randrange(2, 9))
        self.texts = Biography(plan, self.who, self.rng, self.trades, self.skills, self.town[0])
        self.joined = draw_day(self.rng, date(2014, 9, 1), date(2026, 6, 30))
        self.named = self.rng.random() < 0.2
        self.published = self.rng.choices(([], ["email"], ["email", "phone"]), (55, 35, 10))[0]

    def fields(self) -> Value:
        return {
            **self._names(),
            **self._craft(),
            **self._place(),
            **self._availability(),
            **self._offers(),
            **self._references(),
            **self._contact(),
            **self._support(),
            **self._situation(),
            **self._membership(),
            **self._publication(),
        }

    def _chance(self, part: float, **fields: Any) -> Value:
        """These fields, in some part of the files."""
        return fields if self.rng.random() < part else {}

    def _names(self) -> Value:
        who = self.who
        if who.firm:
            other = self.plan.member(self.rng.randrange(who.number)).id
            name = {"display": who.name, "sort": f"{who.family}, {who.given}"}
            return {
                "type": "organisation",
                "legal_name": f"{who.name} SARL",
                "representative": other,
                "people": [other],
                "name": name,
            }
        name = {
            "given": who.given,
            "family": who.family,
            "display": who.name,
            "sort": f"{who.family}, {who.given}",
        }
        return {
            "type": "person",
            "name": name,
            **self._chance(0.12, trade_name=f"L'atelier de {who.given}"),
        }

    def _craft(self) -> Value:
        languages = {"fr": "native"}
        for code, part in (("en", 0.6), ("es", 0.2), ("br", 0.1), ("ar", 0.08), ("de", 0.08)):
            languages |= (
                {code: self.rng.choice(("c1", "b2", "b1"))} if self.rng.random() < part else {}
            )
        return {
            "trades": self.trades,
            "skills": self.skills,
            "headline": self.texts.localize(self.texts.draw_pair(words.HEADLINES)),
            "bio": self.texts.bio(),
            "languages": languages,
        }

    def _place(self) -> Value:
        city, postcode, country, lat, lon = self.town
        return {
            "place": {
                "city": city,
                "postcode": postcode,
                "country": country,
                "lat": float(lat),
                "lon": float(lon),
            },
            **self._chance(0.5, area={"fr": self.rng.choice(words.AREAS).format(city=city)}),
            "remote": self.rng.choice(("yes", "partly", "no")),
            "office": "montreal" if country == "CA" else self.rng.choice(OFFICES[:2]),
        }

    def _availability(self) -> Value:
        state = (
            "away"
            if self.who.presence == "paused"
            else self.rng.choice(("available", "available", "limited", "full"))
        )
        until = (
            {"until": draw_day(self.rng, date(2027, 1, 10), date(2027, 9, 30)).isoformat()}
            if state in {"away", "full"}
            else {}
        )
        note = self._chance(0.2, note={"fr": self.rng.choice(words.NOTES)})
        seasons = [
            {"from": "07-01", "until": "08-31", "state": self.rng.choice(("full", "limited"))}
        ]
        return {
            "availability": {"state": state, **until, **note},
            **self._chance(0.1, seasons=seasons),
        }

    def _offers(self) -> Value:
        count = self.rng.choices((0, 1, 2, 3, 4), (25, 40, 22, 9, 4))[0]
        offers = [self._offer(row) for row in self.rng.sample(words.OFFERS, count)]
        if count < 4 and self.rng.random() < 0.08:
            title, english, summary = self.rng.choice(words.WANTS)
            want = {
                "id": slug(title),
                "title": self.texts.localize((title, english)),
                "kind": "want",
                "summary": {"fr": summary},
            }
            offers.append({**want, "audience": self.rng.choice(("public", "members"))})
        return {"offers": offers} if offers else {}

    def _offer(self, row: tuple[str, ...]) -> Value:
        title, summary = self.texts.draw_pair([row[:2]]), self.texts.draw_pair([row[2:4]])
        amount = self.rng.randrange(int(row[5]), int(row[6]), 5)
        top = {"to": f"{amount * 3 // 2}.00"} if self.rng.random() < 0.2 else {}
        currency = "CAD" if self.town[2] == "CA" else "EUR"
        return {
            "id": slug(row[0].replace("{skill}", "").rstrip(" :")),
            "title": self.texts.localize(title),
            "kind": "offer",
            "summary": self.texts.localize(summary),
            **self._chance(0.5, trades=self.trades[:1]),
            **self._chance(0.4, skills=self.skills[:3]),
            "audience": "public" if self.rng.random() < 0.85 else "members",
            "price": {"amount": f"{amount}.00", **top, "currency": currency, "unit": row[4]},
            **self._chance(0.25, delay={"fr": self.rng.choice(words.DELAYS)}),
            **self._chance(
                0.15,
                valid_until=draw_day(self.rng, date(2026, 12, 31), date(2027, 12, 31)).isoformat(),
            ),
        }

    def _references(self) -> Value:
        what = {"fr": self.rng.choice(words.DONE)}
        client = {
            "client": self.rng.choice(words.CLIENTS),
            "year": self.rng.randrange(2018, 2027),
            "what": what,
            "permission": "given",
        }
        kind, name = self.rng.choice(words.CREDENTIALS)
        valid = self._chance(
            0.4, valid_until=draw_day(self.rng, date(2027, 1, 1), date(2031, 12, 31)).isoformat()
        )
        credential = {"kind": kind, "name": name, "holder": "self", **valid}
        return {
            **({"references": [client]} if self.named else {}),
            **self._chance(0.15, credentials=[credential]),
        }

    def _contact(self) -> Value:
        digits = f"{self.rng.randrange(10000):04}"
        phone = (
            f"+1 514 555 01{digits[:2]}"
            if self.town[2] == "CA"
            else f"+33 2 61 91 {digits[:2]} {digits[2:]}"
        )
        return {
            "billing": {"by": "self" if self.who.firm else "coop"},
            **self._chance(
                0.3, links=[{"label": "Mon site", "url": f"https://{self.who.id}.example/"}]
            ),
            "contact": {"prefers": self.rng.choice(("form", "mail", "phone", "coordinator"))},
            "email": f"{self.who.id}@{DOMAIN}",
            **({"phone": phone} if "phone" in self.published or self.rng.random() < 0.3 else {}),
        }

    def _support(self) -> Value:
        """Sponsors came before: nobody can be their own, even through others."""
        number, team = self.who.number, self.plan.team
        account = {
            "forge": "github",
            "login": f"exemple-{self.who.id}",
            "uid": 900_000_000 + number,
        }
        return {
            **(self._chance(0.3, accounts=[account]) if not self.who.firm else {}),
            **(
                {"adviser": self.plan.member(self.rng.randrange(team)).id} if number >= team else {}
            ),
            **(
                self._chance(0.8, sponsor=self.plan.member(self.rng.randrange(number)).id)
                if number
                else {}
            ),
            **self._chance(0.08, referent_for=[self.rng.choice(words.TOPICS)]),
        }

    def _situation(self) -> Value:
        if self.who.number < self.plan.team:
            return {"situation": {"kind": "salarie", "since": self.joined.isoformat()}}
        if self.joined > date(2025, 12, 1) and not self.who.firm:
            until = draw_day(self.rng, date(2027, 1, 31), date(2028, 6, 30)).isoformat()
            return {
                "situation": {
                    "kind": "cape",
                    "since": self.joined.isoformat(),
                    "contract_until": until,
                }
            }
        kind = (
            "partenaire"
            if self.who.firm
            else self.rng.choices(("cesa", "independante"), (80, 20))[0]
        )
        return {"situation": {"kind": kind, "since": self.joined.isoformat()}}

    def _membership(self) -> Value:
        if self.joined > date(2025, 12, 1):
            return {}
        category, college = (
            ("exterieur", "partenaires") if self.who.firm else ("salarie", "entrepreneurs")
        )
        begin = self.joined + timedelta(self.rng.randrange(90, 300))
        change = begin + timedelta(self.rng.randrange(60, 90))
        split = change < TODAY and self.rng.random() < 0.1
        first = {
            "from": begin.isoformat(),
            "until": change.isoformat(),
            "category": "exterieur",
            "college": "partenaires",
        }
        end = draw_day(self.rng, change, max(change, TODAY)).isoformat()
        last = {
            "from": (change if split else begin).isoformat(),
            **({"until": end} if self.who.presence == "left" else {}),
            "category": category,
            "college": college,
            **self._chance(0.5, decided_by=f"Assemblée générale du printemps {begin.year + 1}"),
        }
        return {"membership": [first, last] if split else [last]}

    def _publication(self) -> Value:
        who, rng = self.who, self.rng
        out: Value = {"presence": who.presence, "listed": who.listed}
        since = draw_day(rng, self.joined, min(self.joined + timedelta(200), TODAY - timedelta(60)))
        purposes = ["newsletter"] if rng.random() < 0.1 else []
        if who.listed:
            reuse = rng.random() < 0.5
            out |= {**({"open_data": True} if reuse else {}), "listed_since": since.isoformat()}
            out |= {"publish": self.published} if self.published else {}
            purposes = [
                "directory",
                *(["reuse"] if reuse else []),
                *self.published,
                *(["references"] if self.named else []),
                *purposes,
            ]
        given = [
            {"purpose": purpose, "given": since.isoformat(), "how": rng.choice(("form", "paper"))}
            for purpose in purposes
        ]
        reviewed = draw_day(rng, max(date(2026, 1, 5), since), TODAY - timedelta(1))
        return {**out, **({"consents": given} if given else {}), "reviewed": reviewed.isoformat()}


def member_fields(plan: Plan, number: int) -> tuple[Member, Value]:
    """A member, and all that the file says."""
    file = MemberFile(plan, number)
    return file.who, file.fields()
