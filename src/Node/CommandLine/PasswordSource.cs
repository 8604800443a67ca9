using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Keystore;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>Where a password comes from: a file, the environment, or the keyboard, in this order.</summary>
internal static class PasswordSource
{
    /// <summary>The environment's name for it.</summary>
    public const string Variable = "NUCYPHER_PASSWORD";

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Gets the password of an identity that is there.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public static Password Read(CommandContext context)
    {
        if (context.Get(SharedOptions.PasswordFile) is { } file)
            return OfFile(file);
        return OfEnvironment() ?? Prompt(context, "Password: ");
    }

    /// <summary>Gets a new password, from the keyboard twice; a weak one only if it is asked for.</summary>
    /// <param name="context">The command line.</param>
    /// <param name="source">The option that names its file.</param>
    /// <param name="isFirst">Whether the identity has none yet: then it may stand in the environment.</param>
    /// <exception cref="CommandException">There is none, the two differ, or it is weak.</exception>
    public static Password ReadNew(CommandContext context, Option<FileInfo?> source, bool isFirst)
    {
        var password = context.Get(source) is { } file
            ? OfFile(file)
            : (isFirst ? OfEnvironment() : null) ?? PromptTwice(context);
        if (context.Get(SharedOptions.WeakPassword) || password.Weakness is not { } weakness)
            return password;
        password.Dispose();
        throw new CommandException(
            ExitCode.Password, $"the new password is weak: {weakness}",
            "Choose a longer one, such as four words; or insist with --weak-password.");
    }

    private static Password PromptTwice(CommandContext context)
    {
        var password = Prompt(context, "New password: ");
        using var again = Prompt(context, "Once more: ");
        if (password.Equals(again))
            return password;
        password.Dispose();
        throw new CommandException(
            ExitCode.Password, "the two passwords differ", "Start again and type the same one twice.");
    }

    private static Password Prompt(CommandContext context, string words)
    {
        if (Console.IsInputRedirected)
            throw Missing("there is no password, and no terminal to ask on");
        context.Error.Write(words);
        Span<char> typed = stackalloc char[Password.MaxSize + 1];
        var count = ReadWithoutEcho(typed);
        context.Error.WriteLine();
        var taken = Password.TryRead(typed[..count], out var password, out var refusal);
        typed.Clear();
        return taken ? password! : throw Refusal(refusal); // taken: it is there
    }

    private static int ReadWithoutEcho(Span<char> typed)
    {
        var count = 0;
        while (Interruption.AtPrompt(() => Console.ReadKey(intercept: true)) is { Key: not ConsoleKey.Enter } key)
            count = Take(key, typed, count);
        return count;
    }

    /// <summary>Takes a key into what was typed so far; gives how many characters that are now.</summary>
    internal static int Take(ConsoleKeyInfo key, Span<char> typed, int count)
    {
        if (key.Key != ConsoleKey.Backspace)
        {
            if (!char.IsControl(key.KeyChar) && count < typed.Length)
                typed[count++] = key.KeyChar;
            return count;
        }

        // what is beyond the first 65,536 characters came as two
        var isPair = count > 1 && char.IsSurrogatePair(typed[count - 2], typed[count - 1]);
        return Math.Max(0, count - (isPair ? 2 : 1));
    }

    private static Password OfFile(FileInfo file)
    {
        using var input = OutputFile.OpenInput(file.FullName);
        var bytes = new byte[ByteOrderMark.Length + Password.MaxSize + 1];
        var text = bytes.AsSpan(0, input.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        text = text.StartsWith(ByteOrderMark) ? text[ByteOrderMark.Length..] : text;
        var end = text.IndexOfAny((byte)'\r', (byte)'\n');
        return Take(end < 0 ? text : text[..end], bytes);
    }

    // Read as bytes and wiped where it stands: .NET would decode it, and /proc would show it as long as the program
    // runs.
    private static Password? OfEnvironment()
    {
        var bytes = Posix.TakeVariable(Variable, Password.MaxSize);
        if (bytes is null or [])
            bytes = Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable(Variable) ?? "");
        Environment.SetEnvironmentVariable(Variable, null);
        return bytes.Length > 0 ? Take(bytes, bytes) : null;
    }

    private static Password Take(ReadOnlySpan<byte> text, byte[] buffer)
    {
        var taken = Password.TryRead(text, out var password, out var refusal);
        CryptographicOperations.ZeroMemory(buffer);
        return taken ? password! : throw Refusal(refusal); // taken: it is there
    }

    private static CommandException Refusal(PasswordRefusal refusal) => refusal switch
    {
        PasswordRefusal.NotUnicode => new(
            ExitCode.Password, "the password is not UTF-8",
            "Save it as UTF-8: in another encoding its characters can't be told apart."),
        PasswordRefusal.TooLong => Missing("the password is longer than 1,024 bytes"),
        _ => Missing("the password is empty"),
    };

    private static CommandException Missing(string what) =>
        new(ExitCode.Password, what, $"Give --password-file FILE, set {Variable}, or run in a terminal.");
}
