"""What is refused when somebody asks for a statement."""

from __future__ import annotations

from laar.kit.refusals import refusal

refusal(
    "statement.day",
    en="“{text}” is no day. Write it as 2008-03-31.",
    km="«{text}» មិនមែនជាថ្ងៃទេ។ សូមសរសេរដូចជា 2008-03-31។",
    status=422,
)
