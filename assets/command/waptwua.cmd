@echo off
rem waptwua: the command line of the console. It lies beside the program.
rem Behind "--" Chromium takes no word for a flag of its own.
"%~dp0WAPTWUA Console.exe" --disable-gpu --cli -- %*
exit /b %ERRORLEVEL%
