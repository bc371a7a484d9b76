"""Sheets (Bögen): what is asked, described once, for web, paper, desk and telephone. Plain data and rules, no pages."""
