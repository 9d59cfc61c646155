from .building import build_timetable as build_timetable
from .schedule import Schedule as Schedule
