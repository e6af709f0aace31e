//! The page comes up, is sound, and asks for nothing once it is there.

use crate::harness::run;

#[test]
fn the_page_loads_and_is_accessible() {
    run("loads", async |page| {
        page.open().await?;
        assert_eq!(page.driver.title().await?, "Galley");
        assert_eq!(page.violations().await?, Vec::<String>::new());
        page.screenshot("start").await?;
        Ok(())
    });
}

#[test]
fn nothing_is_requested_beyond_the_page_itself() {
    run("requests", async |page| {
        page.open().await?;
        let requests = page.requests();
        assert!(requests.contains(&"GET /".to_owned()), "{requests:?}");
        let elsewhere: Vec<_> = requests.iter().filter(|line| !line.starts_with("GET /")).collect();
        assert!(elsewhere.is_empty(), "{elsewhere:?}");
        Ok(())
    });
}

#[test]
fn the_policy_refuses_what_is_not_of_the_page() {
    run("policy", async |page| {
        page.open().await?;
        let answers = page
            .eval_async(
                "const thrown = (make) => { try { make(); return 'made'; } catch { return 'refused'; } };
                 thrown(() => {
                   const inline = document.createElement('script');
                   inline.textContent = 'window.ran = true';
                   document.head.append(inline);
                 });
                 const away = await fetch('http://example.com/').then(() => 'sent', () => 'refused');
                 // Trusted Types: a string becomes neither markup nor a program from elsewhere.
                 const markup = thrown(() => { document.createElement('div').innerHTML = '<img src=x>'; });
                 const worker = thrown(() => new Worker('https://example.com/worker.js'));
                 return [window.ran ?? false, away, markup, worker];",
            )
            .await?;
        assert_eq!(answers.to_string(), r#"[false,"refused","refused","refused"]"#);
        let requests = page.requests();
        let away = requests.iter().find(|line| line.contains("example.com"));
        assert_eq!(away, None);
        page.expect_console_errors();
        Ok(())
    });
}
