using System.CommandLine;
using NuCypher.P2P.Node.Contacts;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>Options that name a policy, and how their texts become values.</summary>
internal static class PolicyOptions
{
    /// <summary>Alice's name for what she shares.</summary>
    public static Option<string> Label { get; } =
        new("--label") { Description = "The policy's label.", HelpName = "TEXT" };

    /// <summary>Whom Alice lets read.</summary>
    public static Option<string> Bob { get; } =
        new("--bob") { Description = "Bob's card, or his name among the contacts.", HelpName = "CARD|NAME" };

    /// <summary>Who lets Bob read.</summary>
    public static Option<string> Alice { get; } =
        new("--alice") { Description = "Alice's card, or her name among the contacts.", HelpName = "CARD|NAME" };

    /// <summary>How long Bob may read.</summary>
    public static Option<string> For { get; } = new("--for")
    {
        Description = "How long from now on, such as 12h, 1h30m, 30d or 10y.",
        HelpName = "TIME",
        DefaultValueFactory = _ => "30d",
    };

    /// <summary>What is read.</summary>
    public static Argument<string> Input { get; } =
        new("IN") { Description = "File to read; - is the standard input." };

    /// <summary>What is read, one or several.</summary>
    public static Argument<string[]> Inputs { get; } = new("IN")
    {
        Description = "Files to read; - is the standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>What is written.</summary>
    public static Option<string> Output { get; } = new("--output", "-o")
    {
        Description = "File to write, or a folder that is there; - is the standard output.",
        HelpName = "FILE",
        Required = true,
    };

    /// <summary>Whether plaintext may go into a pipe before the whole kit is known to be good.</summary>
    public static Option<bool> AsItComes { get; } = new("--stream")
    {
        Description = "Write to a pipe or the standard output piece by piece; "
            + "only the exit code says whether the kit was whole. "
            + "Without it, more than 1 MiB waits in the temporary folder (TMPDIR), in a file without a name.",
    };

    /// <summary>The duration after --for.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public static TimeSpan DurationOf(CommandContext context) => Durations.Parse(context.Get(For), "--for");

    /// <summary>The label of this command line.</summary>
    /// <exception cref="CommandException">It is missing or none.</exception>
    public static PolicyLabel LabelOf(CommandContext context) => LabelOf(context.Get(Label));

    /// <summary>The label that a text is.</summary>
    /// <exception cref="CommandException">It is missing or none.</exception>
    public static PolicyLabel LabelOf(string? text) => PolicyLabel.TryParse(text, out var label)
        ? label
        : throw new CommandException(
            ExitCode.BadInput,
            string.IsNullOrEmpty(text) ? "there is no label" : "the label is too long, or has control characters",
            "Give --label TEXT, 1 to 256 bytes of UTF-8, without control characters.");

    /// <summary>Bob's card on this command line.</summary>
    /// <exception cref="CommandException">It is missing or none.</exception>
    public static BobCard BobOf(CommandContext context) => BobOf(context, context.Get(Bob));

    /// <summary>The card that a text is, or a name stands for.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public static BobCard BobOf(CommandContext context, string? text) =>
        BobCard.TryParse(CardOf(context, text, "bob"), out var card, out var refusal)
        ? card
        : throw NoCard("--bob", refusal);

    /// <summary>Alice's card on this command line.</summary>
    /// <exception cref="CommandException">It is missing or none.</exception>
    public static AliceCard AliceOf(CommandContext context) =>
        AliceCard.TryParse(CardOf(context, context.Get(Alice), "alice"), out var card, out var refusal)
        ? card
        : throw NoCard("--alice", refusal);

    private static string? CardOf(CommandContext context, string? text, string role)
    {
        if (text is null || ContactBook.NameOf(text) is not { } name)
            return text;
        return ContactBook.Of(context.RequireFolder()).Find(name, role) ?? throw new CommandException(
            ExitCode.BadInput, $"--{role} {name} is no card, and no contact has that name and such a card",
            $"Look with nucypher contacts list, or say: nucypher contacts add {name} {role}1_...");
    }

    private static CommandException NoCard(string option, CardRefusal refusal) => new(
        ExitCode.BadInput,
        $"{option} is no such card ({refusal})",
        $"Give {option} the line that {option[2..]}'s nucypher card printed: a card is copied whole.");
}
