//! Text that people wrote in Markdown, as they wrote it and as HTML that is safe to show: `CommonMark`, raw HTML dropped,
//! pictures shown as their text, links only to the web and to mailboxes.
use super::Ask;
use crate::domain::refusal::Fault;
use async_graphql::{Context, Object, Result};
use comrak::{
    Arena, Node, Options,
    html::{ChildRendering, escape, escape_href, format_document_with_formatter, format_node_default},
    nodes::NodeValue,
    options::Plugins,
    parse_document,
};
use std::fmt::{self, Write};
use url::Url;

/// Text in `CommonMark`.
pub struct Markdown(pub String);

/// Text in `CommonMark`.
#[Object(crate = "crate::graphql::engine")]
impl Markdown {
    /// As it was written.
    fn source(&self) -> &str {
        &self.0
    }
    /// As HTML that is safe to show: no raw HTML, no pictures, links only to http, https and mailto.
    fn html(&self, ctx: &Context<'_>) -> Result<String> {
        html(&self.0).map_err(|error| Ask::of(ctx).fault(&Fault::new(error)))
    }
}

/// A Markdown field: null while nothing was written.
pub fn written(text: &str) -> Option<Markdown> {
    (!text.is_empty()).then(|| Markdown(text.to_owned()))
}

fn html(source: &str) -> std::result::Result<String, fmt::Error> {
    let (arena, options, mut out) = (Arena::new(), Options::default(), String::new());
    let document = parse_document(&arena, source, &options);
    format_document_with_formatter(document, &options, &mut out, &Plugins::default(), node_as_html, ())?;
    Ok(out)
}

fn node_as_html(
    out: &mut comrak::html::Context<'_, '_, ()>,
    node: Node<'_>,
    entering: bool,
) -> std::result::Result<ChildRendering, fmt::Error> {
    match &node.data().value {
        NodeValue::HtmlBlock(_) | NodeValue::HtmlInline(_) | NodeValue::Raw(_) => return Ok(ChildRendering::Skip),
        // A picture from elsewhere tells its server who reads the page: only its text is shown.
        NodeValue::Image(_) => return Ok(ChildRendering::HTML),
        NodeValue::Link(link) => {
            if leads_outside_safely(&link.url) {
                if entering {
                    out.write_str("<a href=\"")?;
                    escape_href(out, &link.url, false)?;
                    if !link.title.is_empty() {
                        out.write_str("\" title=\"")?;
                        escape(out, &link.title)?;
                    }
                    out.write_str("\" rel=\"nofollow noopener\">")?;
                } else {
                    out.write_str("</a>")?;
                }
            }
            return Ok(ChildRendering::HTML);
        }
        _ => {}
    }
    format_node_default(out, node, entering)
}

/// The URL parser sees through the spellings that browsers also see through ("java&#9;script:", "JAVASCRIPT:").
fn leads_outside_safely(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "mailto"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_markdown_becomes_html() {
        assert_eq!(
            html("**Ascolto**: vedi [qui](https://esempio.invalid/a?b=1&c=2 \"T<\").\n\n- uno\n- due").unwrap(),
            "<p><strong>Ascolto</strong>: vedi <a href=\"https://esempio.invalid/a?b=1&amp;c=2\" title=\"T&lt;\" \
             rel=\"nofollow noopener\">qui</a>.</p>\n<ul>\n<li>uno</li>\n<li>due</li>\n</ul>\n"
        );
    }

    #[test]
    fn hostile_text_does_nothing() {
        for (source, expected) in [
            ("<script>alert(1)</script>", ""),
            ("a <b onclick=x>b</b> c", "<p>a b c</p>\n"),
            ("<img src=x onerror=alert(1)>", ""),
            ("<!-- x -->", ""),
            ("[a](javascript:alert(1))", "<p>a</p>\n"),
            ("[a](JAVA&#9;SCRIPT:alert(1))", "<p>a</p>\n"),
            ("[a](&#106;avascript:alert(1))", "<p>a</p>\n"),
            ("[a](data:text/html;base64,PHNjcmlwdD4=)", "<p>a</p>\n"),
            ("[a](vbscript:x) [b](file:///etc/passwd) [c](/node)", "<p>a b c</p>\n"),
            ("<javascript:alert(1)>", "<p>javascript:alert(1)</p>\n"),
            ("[a]: javascript:alert(1)\n\n[a]", "<p>a</p>\n"),
            ("![alt *x*](https://spia.invalid/p.gif)", "<p>alt <em>x</em></p>\n"),
            (
                "[![p](x)](https://a.invalid/\"onmouseover=\"x)",
                "<p><a href=\"https://a.invalid/%22onmouseover=%22x\" rel=\"nofollow noopener\">p</a></p>\n",
            ),
            (
                "[a](<https://a.invalid/\" onmouseover=\"x>)",
                "<p><a href=\"https://a.invalid/%22%20onmouseover=%22x\" rel=\"nofollow noopener\">a</a></p>\n",
            ),
            ("`<b>` &lt;i&gt;", "<p><code>&lt;b&gt;</code> &lt;i&gt;</p>\n"),
            (
                "```x\"><script>\n<b>\n```",
                "<pre><code class=\"language-x&quot;&gt;&lt;script&gt;\">&lt;b&gt;\n</code></pre>\n",
            ),
        ] {
            assert_eq!(html(source).unwrap(), expected, "{source}");
        }
    }

    #[test]
    fn deeply_nested_text_is_rendered_too() {
        for opening in ["> ", "- ", "*a **b ", "[", "![", "<b>"] {
            assert!(html(&opening.repeat(3_000)).is_ok());
        }
    }
}
