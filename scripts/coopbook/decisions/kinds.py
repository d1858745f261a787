"""The kinds that deciding rests on, by name: what is asked of them is law, not something that the
words of a schema could say.
"""

from __future__ import annotations

RULES = "rules"
BODY = "body"
PROPOSAL = "proposal"
BALLOT = "ballot"
COUNT = "count"
RESULT = "result"
JOURNALS = "journals"
MINUTES = "minutes"
TEXT = "bylaws"
ARTICLE = "article"
POLL = "poll"
ANSWER = "answer"
ANCHORS = {(MINUTES, "action"): "action-"}
"""What stands before the id of a part that has a day (its kind and name) where its page has other
ids, too.
"""
