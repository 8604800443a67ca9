using NuCypher.P2P.Node.Keystore;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>Where a password comes from: a file, the environment, or the keyboard, in this order.</summary>
internal static class PasswordSource
{
    /// <summary>The environment's name for it.</summary>
    public const string Variable = "NUCYPHER_PASSWORD";

    /// <summary>Gets the password; asks twice if it is a new one.</summary>
    /// <exception cref="CommandException">There is none, or the two differ.</exception>
    public static Password Read(CommandContext context, bool isNew)
    {
        if (context.Get(SharedOptions.PasswordFile) is { } file)
            return Take(FirstLine(file));
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value)
            return Take(value);
        if (Console.IsInputRedirected)
            throw Missing("there is no password, and no terminal to ask on");
        return isNew ? PromptTwice(context) : Prompt(context, "Password: ");
    }

    private static Password PromptTwice(CommandContext context)
    {
        var password = Prompt(context, "New password: ");
        using var again = Prompt(context, "Once more: ");
        if (password.Utf8.AsSpan().SequenceEqual(again.Utf8))
            return password;
        password.Dispose();
        throw new CommandException(ExitCode.Password, "the two passwords differ", "Start again and type the same one twice.");
    }

    private static Password Prompt(CommandContext context, string words)
    {
        context.Error.Write(words);
        Span<char> typed = stackalloc char[Password.MaxSize];
        var count = ReadWithoutEcho(typed);
        context.Error.WriteLine();
        var password = Take(typed[..count]);
        typed.Clear();
        return password;
    }

    private static int ReadWithoutEcho(Span<char> typed)
    {
        var count = 0;
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
                count = Math.Max(0, count - 1);
            else if (!char.IsControl(key.KeyChar) && count < typed.Length)
                typed[count++] = key.KeyChar;
        }
        return count;
    }

    private static string FirstLine(FileInfo file)
    {
        using var reader = file.OpenText();
        var text = new char[Password.MaxSize + 1];
        var count = reader.ReadBlock(text);
        var end = text.AsSpan(0, count).IndexOfAny('\r', '\n');
        var line = new string(text, 0, end < 0 ? count : end);
        text.AsSpan().Clear();
        return line;
    }

    private static Password Take(ReadOnlySpan<char> text) =>
        Password.TryRead(text, out var password) ? password : throw Missing("the password is empty or longer than 1,024 bytes");

    private static CommandException Missing(string what) =>
        new(ExitCode.Password, what, $"Give --password-file FILE, set {Variable}, or run in a terminal.");
}
