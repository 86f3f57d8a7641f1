"""What is known from the last build, so that the next one need not do it again.

Everything here may be deleted at any time, and holds nothing that is not published: what the state of the
inputs could tell of drafts is sealed, and can be opened only beside the files themselves.
"""
