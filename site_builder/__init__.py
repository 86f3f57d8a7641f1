"""Turns a dossier, a folder of plain files, into a static research microsite.

content/ ─read─▶ RawContent ─validate─▶ Dossier ─link─▶ Index
         ─plan─▶ SitePlan ─render─▶ Artifacts ─write─▶ site/
"""

__version__ = "0.1.0"
