using System.CommandLine;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>card</c>: what others need of this identity, as text or as a code that a telephone reads.</summary>
internal sealed class CardCommand : NodeCommand
{
    private readonly Argument<string?> _role = new("ROLE")
    {
        Description = "alice: for those whom you let read. bob: for those who let you read. Without it, both.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _qr = new("--qr") { Description = "Draw QR codes on the terminal." };

    /// <summary>The command's words.</summary>
    public CardCommand() : base("card", "Print one's public cards.", "nucypher card bob --qr")
    {
        _role.AcceptOnlyFromAmong("alice", "bob");
        Add(_role);
        Add(_qr);
        Add(SharedOptions.Data);
        Add(SharedOptions.PasswordFile);
    }

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        using var identity = context.OpenIdentity();
        var alice = context.Get(_role) == "bob" ? null : identity.AliceCard.ToString();
        var bob = context.Get(_role) == "alice" ? null : identity.BobCard.ToString();
        var shown = new[] { alice, bob }.OfType<string>().Select(card => context.Get(_qr) && !context.Json
            ? $"{card}\n{QrText.Of(card, CommandContext.OutputWidth)}"
            : card).ToList();
        context.Write(new { aliceCard = alice, bobCard = bob }, output => shown.ForEach(output.WriteLine));
        return Task.FromResult(ExitCode.Success);
    }
}
