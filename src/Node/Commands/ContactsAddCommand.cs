using System.CommandLine;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Contacts;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>contacts add</c>: a name for somebody's card.</summary>
internal sealed class ContactsAddCommand : NodeCommand
{
    private readonly Argument<string> _name =
        new("NAME") { Description = "How you call them; a name may have an Alice's and a Bob's card." };

    private readonly Argument<string[]> _cards = new("CARD")
    {
        Description = "What nucypher card printed on their side.",
        Arity = new ArgumentArity(1, 2),
    };

    /// <summary>The command's words.</summary>
    public ContactsAddCommand() : base(
        "add", "Keep somebody's card under a name, which then stands for it after --bob and --alice.",
        "nucypher contacts add bob bob1_...")
    {
        Add(_name);
        Add(_cards);
        Add(SharedOptions.Data);
    }

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var name = ContactBook.NameOf(context.Get(_name)) ?? throw new CommandException(
            ExitCode.Usage, $"{context.Get(_name)} is no name",
            $"Give 1 to {ContactBook.MaxNameSize} characters that don't begin like a card.");
        ContactBook.Change(
            context.RequireFolder(), book => Array.ForEach(context.Get(_cards), card => book.Add(name, card)));
        context.Write(
            new { name, cards = context.Get(_cards) }, output => output.WriteLine($"{Printable.Of(name)} is kept"));
        return Task.FromResult(ExitCode.Success);
    }
}
