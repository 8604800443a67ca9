using System.CommandLine;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Contacts;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>contacts remove</c>: forgets the cards of a name.</summary>
internal sealed class ContactsRemoveCommand : NodeCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "As nucypher contacts list shows it." };

    /// <summary>The command's words.</summary>
    public ContactsRemoveCommand() : base(
        "remove", "Forget the cards of a name; what was granted is not revoked by it.", "nucypher contacts remove bob")
    {
        Add(_name);
        Add(SharedOptions.Data);
    }

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var name = ContactBook.NameOf(context.Get(_name)) ?? context.Get(_name);
        ContactBook.Change(context.RequireFolder(), book =>
        {
            if (!book.Remove(name))
                throw new CommandException(
                    ExitCode.NotFound, $"there is no contact {name}", "Look with nucypher contacts list.");
        });
        context.Write(new { name }, output => output.WriteLine($"{Printable.Of(name)} is removed"));
        return Task.FromResult(ExitCode.Success);
    }
}
