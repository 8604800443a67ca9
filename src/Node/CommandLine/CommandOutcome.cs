using System.Security.Cryptography;
using NuCypher.P2P.Actors.Configuration;
using NuCypher.P2P.Actors.Journal;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>Turns the end of a command, good or bad, into an exit code and words.</summary>
internal static class CommandOutcome
{
    /// <summary>Runs the command.</summary>
    public static async Task<int> OfAsync(NodeCommand command, CommandContext context, CancellationToken cancellation)
    {
        try
        {
            return (int)await command.RunAsync(context, cancellation);
        }
        catch (CommandException e)
        {
            return Fail(context, e.Code, e.Message, e.Remedy);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return Fail(context, ExitCode.Storage, e.Message, "Check that the path exists, is yours to write, and has room.");
        }
        catch (ConfigurationException e)
        {
            return Fail(context, ExitCode.Configuration, e.Message, "The program's own akka.hocon has every key, with its unit and default.");
        }
        catch (JournalException e)
        {
            return Fail(context, ExitCode.Storage, e.Message, e.Remedy);
        }
        catch (Exception e) when (e is TimeoutException or AskTimeoutException)
        {
            return Fail(context, ExitCode.Network, "no answer in time", "The swarm may be overloaded or gone; try again, with a longer --deadline if there is one.");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Fail(context, ExitCode.Interrupted, "interrupted", "Nothing half-written was left; start the command again.");
        }
    }

    private static int Fail(CommandContext context, ExitCode code, string what, string remedy)
    {
        if (context.Json)
            context.Write(new { error = new { code = code.ToString(), exitCode = (int)code, what, remedy } }, _ => { });
        context.Error.WriteLine($"error: {what}");
        context.Error.WriteLine($"       {remedy}");
        return (int)code;
    }
}
