namespace restorable {}
