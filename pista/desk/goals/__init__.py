"""By when a case is to be somebody's, and to be opened: told of before, and marked when late."""

from pista.desk.goals.timer import GoalTimer

__all__ = ["GoalTimer"]
