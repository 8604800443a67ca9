using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Actors.Tests.Mediation;

/// <summary>Answers each request with what it was, but one.</summary>
internal sealed class EchoUrsula : ReceiveActor
{
    public static readonly byte[] Silence = [0xFF, 0xFE];

    public EchoUrsula() => Receive<ServiceRequest>(request =>
    {
        if (!request.Body.Span.SequenceEqual(Silence))
            Sender.Tell(new ServiceReply(
                ServiceStatus.Ok,
                System.Text.Encoding.ASCII.GetBytes(
                    $"{request.Kind}:{Convert.ToHexString(request.Body.Span)}@{request.Source}")));
    });

    public static string TextOf(ServiceAnswer answer) => System.Text.Encoding.ASCII.GetString(answer.Body.Span);
}
