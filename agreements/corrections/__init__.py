"""Corrections of an agreed text, made with the consent of every party."""
